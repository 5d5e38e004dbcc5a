package io.raic.cloud.resilience;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/**
 * How often canaries go out: while a provider is broken each pause is twice the one before, up to a
 * quarter shorter by chance, and the longest is the probe interval.
 *
 * <p>Where a month has a limited number of requests, canaries get a fiftieth of them, {@link
 * #AT_ONCE} of them at once: the longest pause is the one at which they last for the month, but no
 * longer than a day, so that every circuit can close. For any thread.
 */
final class CanaryPace {
  /** Suffices until the pauses are long. */
  static final int AT_ONCE = 16;

  private static final int PART_OF_THE_MONTH = 50;
  private static final Duration MONTH = Duration.ofDays(30);
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final int MAX_DOUBLINGS = 17;
  private static final double NANOS = 1e9;

  private final Duration longest;
  private final Optional<TokenBucket> allowance;

  CanaryPace(Duration probeInterval, OptionalLong requestsPerMonth, LongSupplier nanoTime) {
    if (requestsPerMonth.isEmpty()) {
      this.longest = probeInterval;
      this.allowance = Optional.empty();
      return;
    }
    double canaries = (double) requestsPerMonth.getAsLong() / PART_OF_THE_MONTH / Canary.REQUESTS;
    double nanos = Math.min((double) LONGEST.toNanos(), MONTH.toNanos() / Math.max(1, canaries));
    var lasting = Duration.ofNanos((long) nanos);
    this.longest = lasting.compareTo(probeInterval) > 0 ? lasting : probeInterval;
    this.allowance =
        Optional.of(new TokenBucket(NANOS / nanos, Math.clamp(canaries, 1, AT_ONCE), nanoTime));
  }

  /** Returns the longest pause. */
  Duration longest() {
    return longest;
  }

  /** Returns the pause after as many failures as there were. */
  Duration pause(int failures) {
    long doubled = FIRST.toNanos() << Math.min(failures, MAX_DOUBLINGS);
    long pause = Math.min(longest.toNanos(), doubled);
    return Duration.ofNanos(pause - ThreadLocalRandom.current().nextLong(1 + pause / 4));
  }

  /**
   * Takes one of those that are allowed, and says whether there was one.
   *
   * @param isAsked whether somebody wants one now: then the allowance is overdrawn
   */
  boolean take(boolean isAsked) {
    return allowance
        .map(bucket -> bucket.take(1, isAsked ? Long.MAX_VALUE : 1).isPresent())
        .orElse(true);
  }
}
