package io.raic.gateway.admin;

import java.time.Instant;

/**
 * What was counted of a provider, or of the gateway, in some time.
 *
 * @param at when that began
 * @param seenMillis for how long it was watched
 * @param readDownMillis how much of that reading was stopped
 * @param writeDownMillis how much of that writing was stopped
 * @param calls that were answered, or failed by its fault
 * @param failures those that failed
 * @param bytesRead from it
 * @param bytesWritten to it
 */
public record Slot(
    Instant at,
    long seenMillis,
    long readDownMillis,
    long writeDownMillis,
    long calls,
    long failures,
    long bytesRead,
    long bytesWritten) {
  /** Returns one in which nothing was seen. */
  public static Slot empty(Instant at) {
    return new Slot(at, 0, 0, 0, 0, 0, 0, 0);
  }

  /** Returns this and {@code other}, as of when this began. */
  public Slot plus(Slot other) {
    return new Slot(
        at,
        seenMillis + other.seenMillis,
        readDownMillis + other.readDownMillis,
        writeDownMillis + other.writeDownMillis,
        calls + other.calls,
        failures + other.failures,
        bytesRead + other.bytesRead,
        bytesWritten + other.bytesWritten);
  }

  /** Returns for how long something was stopped. */
  public long downMillis() {
    return Math.max(readDownMillis, writeDownMillis);
  }
}
