package io.raic.gateway.admin;

import java.time.Duration;
import java.time.Instant;

/**
 * What happened in a few seconds, for a chart.
 *
 * @param at when they ended
 * @param took how long they were
 * @param bytesIn to the gateway, or written to a provider
 * @param bytesOut from the gateway, or read from a provider
 * @param calls transfers or calls that ended
 * @param failures those that failed
 * @param median the time that half of those that succeeded did not exceed; zero if none ended
 * @param longest the time that 99 of 100 did not exceed
 * @param read how reading was at the end of it
 * @param write how writing was
 */
public record Sample(
    Instant at,
    Duration took,
    long bytesIn,
    long bytesOut,
    long calls,
    long failures,
    Duration median,
    Duration longest,
    Standing read,
    Standing write) {
  /** How a kind of calls stands. */
  public enum Standing {
    /** They go through. */
    CLOSED("Closed", Level.OK),
    /** A canary decides. */
    HALF_OPEN("Half-open", Level.WARN),
    /** They are paused by somebody. */
    PAUSED("Paused", Level.WARN),
    /** They fail at once. */
    OPEN("Open", Level.BAD),
    /** They fail at once, because somebody said so. */
    FORCED("Forced open", Level.BAD);

    private final String words;
    private final Level level;

    Standing(String words, Level level) {
      this.words = words;
      this.level = level;
    }

    /** Returns it for people. */
    public String words() {
      return words;
    }

    /** Returns how good that is. */
    public Level level() {
      return level;
    }
  }
}
