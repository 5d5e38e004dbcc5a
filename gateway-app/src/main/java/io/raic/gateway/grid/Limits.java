package io.raic.gateway.grid;

import java.time.Duration;

/**
 * How long the engine waits for stores.
 *
 * @param step the longest one step of a store may take: opening, the next bytes, a commit
 * @param hedge how long a block may be late before another share is asked for as well
 * @param stall how long a store may hold up an upload that can do without it
 */
public record Limits(Duration step, Duration hedge, Duration stall) {
  /** What suits stores reached over the internet. */
  public static final Limits DEFAULT =
      new Limits(Duration.ofSeconds(30), Duration.ofMillis(500), Duration.ofSeconds(5));

  /** A store that delivers less than this a second has failed. */
  private static final long MIN_BYTES_PER_SECOND = 32 << 10;

  /** However long a store or a capability says that something is. */
  private static final Duration A_MONTH = Duration.ofDays(30);

  /** Checks that nothing is waited for no time. */
  public Limits {
    if (!step.isPositive() || !hedge.isPositive() || !stall.isPositive()) {
      throw new IllegalArgumentException("step, hedge and stall must be longer than nothing");
    }
  }

  /** Returns how often to look whether anything moves while waiting for a store. */
  long tickNanos() {
    return Math.max(1, stall.toNanos() / 4);
  }

  /** Returns how long reading or writing {@code bytes} may take in all, at most a month. */
  Duration moving(long bytes) {
    var all = step.plusSeconds(bytes / MIN_BYTES_PER_SECOND);
    return all.compareTo(A_MONTH) < 0 ? all : A_MONTH;
  }
}
