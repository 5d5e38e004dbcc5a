package io.raic.cloud.resilience;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long a provider that throttles wants to be left alone: as long as it says, but no longer than
 * {@link #LONGEST}; where it does not say, a second, and twice as long each time until it answers.
 *
 * <p>Throttling is no failure: the provider works, and opening its circuit would send all traffic
 * to others because of a burst. For any thread.
 */
final class Holdoff {
  /** A provider that wants more is asked again all the same. */
  static final Duration LONGEST = Duration.ofHours(1);

  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST_GUESS = Duration.ofSeconds(60);

  private final LongSupplier nanoTime;
  private boolean isOn;
  private long endNanos;
  private Duration guess = FIRST;

  Holdoff(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Notes that it throttled. */
  synchronized void throttled(Duration retryAfter) {
    boolean isSaid = retryAfter.isPositive();
    var wanted = isSaid ? retryAfter : guess;
    if (!isSaid && leftNanos() <= 0) {
      // Many calls that were on their way together count as one.
      guess = shorter(guess.multipliedBy(2), LONGEST_GUESS);
    }
    long end = nanoTime.getAsLong() + shorter(wanted, LONGEST).toNanos();
    if (!isOn || end - endNanos > 0) {
      isOn = true;
      endNanos = end;
    }
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  /** Notes that it answered. */
  synchronized void answered() {
    guess = FIRST;
  }

  /** Forgets what it wanted. */
  synchronized void reset() {
    isOn = false;
    guess = FIRST;
  }

  /** Returns how long it is to be left alone; not positive if it is not. */
  synchronized long leftNanos() {
    if (isOn && endNanos - nanoTime.getAsLong() <= 0) {
      isOn = false;
    }
    return isOn ? endNanos - nanoTime.getAsLong() : 0;
  }
}
