package io.raic.cloud.resilience;

import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Lets so much pass a second in the long run, and a burst at once after a quiet time.
 *
 * <p>Who takes more than there is owes the rest, and is told how long to wait until that has come
 * in; those that come later wait behind. So any number can be taken at once, nobody is overtaken,
 * and what passes in any time t is never more than burst + rate × t. For any thread.
 *
 * <p>The limiter of resilience4j is not used: it counts in fixed cycles, so that twice its rate can
 * pass around the end of one; it waits up to a time that is the same for all; and what was taken
 * and is not used cannot be given back.
 */
final class TokenBucket {
  private static final double NANOS = 1e9;

  private final double perSecond;
  private final double burst;
  private final LongSupplier nanoTime;
  private double tokens;
  private long filledNanos;

  /** Makes a full bucket. */
  TokenBucket(double perSecond, double burst, LongSupplier nanoTime) {
    this.perSecond = perSecond;
    this.burst = burst;
    this.nanoTime = nanoTime;
    this.tokens = burst;
    this.filledNanos = nanoTime.getAsLong();
  }

  /**
   * Takes {@code count}, unless that means waiting longer than {@code mostNanos}.
   *
   * @return how many nanoseconds to wait before they are used; empty if too many, nothing was taken
   *     then
   */
  synchronized OptionalLong take(long count, long mostNanos) {
    fill();
    double owed = count - tokens;
    long wait = owed <= 0 ? 0 : (long) Math.ceil(owed / perSecond * NANOS);
    if (wait > 0 && wait >= mostNanos) {
      return OptionalLong.empty();
    }
    tokens -= count;
    return OptionalLong.of(wait);
  }

  /** Takes back what was taken and not used. */
  synchronized void giveBack(long count) {
    tokens = Math.min(burst, tokens + count);
  }

  private void fill() {
    long now = nanoTime.getAsLong();
    tokens = Math.min(burst, tokens + (now - filledNanos) / NANOS * perSecond);
    filledNanos = now;
  }
}
