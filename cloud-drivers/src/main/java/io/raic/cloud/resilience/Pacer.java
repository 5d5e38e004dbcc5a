package io.raic.cloud.resilience;

import io.raic.cloud.BackendException;
import io.raic.cloud.Deadline;
import io.raic.cloud.Request;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/**
 * Lets requests and bytes pass as fast as the limits and the provider want them, and has callers
 * wait, each until its own deadline. For any thread.
 */
final class Pacer {
  /** Bytes pass in pieces of this part of a second's, so that several streams take turns. */
  private static final int PIECES_A_SECOND = 16;

  private final LongSupplier nanoTime;
  private final Surroundings.Pause pause;
  private final Optional<TokenBucket> requests;
  private final Optional<TokenBucket> bytes;
  private final int pieceBytes;

  Pacer(ProviderLimits limits, LongSupplier nanoTime, Surroundings.Pause pause) {
    this.nanoTime = nanoTime;
    this.pause = pause;
    this.requests = bucket(limits.requestsPerSecond());
    this.bytes =
        bucket(
            limits.bytesPerSecond().isPresent()
                ? OptionalDouble.of((double) limits.bytesPerSecond().getAsLong())
                : OptionalDouble.empty());
    this.pieceBytes =
        (int)
            Math.min(
                Integer.MAX_VALUE,
                limits.bytesPerSecond().orElse(Long.MAX_VALUE) / PIECES_A_SECOND);
  }

  private Optional<TokenBucket> bucket(OptionalDouble perSecond) {
    if (perSecond.isEmpty()) {
      return Optional.empty();
    }
    double rate = perSecond.getAsDouble();
    double burst = Math.max(1, rate * ProviderLimits.BURST_SECONDS);
    return Optional.of(new TokenBucket(rate, burst, nanoTime));
  }

  /** Waits until a request may be made; {@link #takeBack} if it is not. */
  void request(Request request, Deadline deadline) {
    requests(1, request, deadline);
  }

  /** Waits until {@code count} requests may be made. */
  void requests(long count, Request request, Deadline deadline) {
    requests.ifPresent(bucket -> take(bucket, count, "requests", request, deadline));
  }

  /** Takes back a request that was not made. */
  void takeBack() {
    requests.ifPresent(bucket -> bucket.giveBack(1));
  }

  /** Returns how many of {@code wanted} bytes pass at once. */
  int piece(int wanted) {
    return Math.min(wanted, pieceBytes);
  }

  /** Waits until {@code count} bytes may pass; {@link #takeBack} those that do not. */
  void bytes(int count, Request request, Deadline deadline) {
    bytes.ifPresent(bucket -> take(bucket, count, "bytes", request, deadline));
  }

  /** Takes back bytes that did not pass. */
  void takeBack(int count) {
    bytes.ifPresent(bucket -> bucket.giveBack(count));
  }

  private void take(
      TokenBucket bucket, long count, String what, Request request, Deadline deadline) {
    OptionalLong wait = bucket.take(count, deadline.remaining().toNanos());
    if (wait.isEmpty()) {
      throw new BackendException.Throttled(
          request, "more %s than its limit lets pass in time".formatted(what), Duration.ZERO);
    }
    boolean done = false;
    try {
      sleep(Duration.ofNanos(wait.getAsLong()), request);
      done = true;
    } finally {
      if (!done) {
        bucket.giveBack(count);
      }
    }
  }

  /** Waits until the provider, which was asked too often, wants to be asked again. */
  void heed(Holdoff holdoff, Request request, Deadline deadline) {
    long left = holdoff.leftNanos();
    if (left <= 0) {
      return;
    }
    if (left >= deadline.remaining().toNanos()) {
      throw new BackendException.Throttled(
          request, "it wants to be left alone for now", Duration.ofNanos(left));
    }
    // Not all of those that wait come back at the same moment.
    long most = Math.min(left / 4, deadline.remaining().toNanos() - left);
    sleep(
        Duration.ofNanos(left + (most > 0 ? ThreadLocalRandom.current().nextLong(most) : 0)),
        request);
  }

  private void sleep(Duration time, Request request) {
    if (time.isZero()) {
      return;
    }
    try {
      pause.sleep(time);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new BackendException.Unavailable(request, "interrupted");
    }
  }
}
