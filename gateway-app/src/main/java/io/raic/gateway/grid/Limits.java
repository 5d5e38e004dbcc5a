package io.raic.gateway.grid;

import java.time.Duration;

/**
 * How long the engine waits for stores.
 *
 * @param step the longest one step of a store may take: opening, the next bytes, a commit
 * @param hedge how long a block may be late before another share is asked for as well
 * @param stall how long a store may hold up an upload that cannot do without it, and how long one
 *     that is slow may in all
 * @param grace how long an upload that is safe waits for the other stores
 */
public record Limits(Duration step, Duration hedge, Duration stall, Duration grace) {
  private static final Duration DEFAULT_GRACE = Duration.ofMillis(250);

  /** What suits stores reached over the internet. */
  public static final Limits DEFAULT =
      new Limits(Duration.ofSeconds(30), Duration.ofMillis(500), Duration.ofSeconds(5));

  /** A store that takes nothing may hold up the others for so many times the grace. */
  private static final int STANDING_GRACES = 4;

  /** Nothing that changes is noticed later than this. */
  private static final Duration LONGEST_TICK = Duration.ofMillis(25);

  /** A store that delivers less than this a second has failed. */
  private static final long MIN_BYTES_PER_SECOND = 32 << 10;

  /** However long a store or a capability says that something is. */
  private static final Duration A_MONTH = Duration.ofDays(30);

  /** Checks that nothing is waited for no time. */
  public Limits {
    if (!step.isPositive() || !hedge.isPositive() || !stall.isPositive() || grace.isNegative()) {
      throw new IllegalArgumentException(
          "step, hedge and stall must be longer than nothing, grace not less");
    }
  }

  /** Limits with the grace that is usual, or as long as {@code stall} if that is shorter. */
  public Limits(Duration step, Duration hedge, Duration stall) {
    this(step, hedge, stall, shorter(DEFAULT_GRACE, stall));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /** Returns how often to look whether anything moves while waiting for a store. */
  long tickNanos() {
    return Math.clamp(stall.toNanos() / 4, 1, LONGEST_TICK.toNanos());
  }

  /** Returns how long a store that takes nothing may hold up an upload that can do without it. */
  Duration standing() {
    return shorter(grace.multipliedBy(STANDING_GRACES), stall);
  }

  /** Returns how long reading or writing {@code bytes} may take in all, at most a month. */
  Duration moving(long bytes) {
    var all = step.plusSeconds(bytes / MIN_BYTES_PER_SECOND);
    return all.compareTo(A_MONTH) < 0 ? all : A_MONTH;
  }
}
