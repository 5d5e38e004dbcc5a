package io.raic.cloud.box.fake;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The limits of a user: calls, and among them uploads, in any minute. Parts of upload sessions are
 * counted as calls only; whether Box does so is not written anywhere.
 */
final class FakeLimits {
  private static final Duration WINDOW = Duration.ofMinutes(1);

  private final FakeClock clock;
  private final Deque<Instant> calls = new ArrayDeque<>();
  private final Deque<Instant> uploads = new ArrayDeque<>();
  private int callsPerMinute = Integer.MAX_VALUE;
  private int uploadsPerMinute = Integer.MAX_VALUE;

  FakeLimits(FakeClock clock) {
    this.clock = clock;
  }

  synchronized void set(int calls, int uploads) {
    callsPerMinute = calls;
    uploadsPerMinute = uploads;
  }

  synchronized void count(boolean isUpload) {
    var now = clock.now();
    require(calls, callsPerMinute, now);
    if (isUpload) {
      require(uploads, uploadsPerMinute, now);
      uploads.add(now);
    }
    calls.add(now);
  }

  private static void require(Deque<Instant> window, int limit, Instant now) {
    while (!window.isEmpty() && !window.getFirst().plus(WINDOW).isAfter(now)) {
      window.removeFirst();
    }
    if (window.size() >= limit) {
      var free = Duration.between(now, window.getFirst().plus(WINDOW));
      throw throttled(Math.max(1, free.toSeconds() + 1));
    }
  }

  static Refusal throttled(long seconds) {
    return new Refusal(
            429, "rate_limit_exceeded", "Request rate limit exceeded, please try again later")
        .with("Retry-After", Long.toString(seconds));
  }
}
