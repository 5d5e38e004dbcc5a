package io.raic.cloud.call;

import io.raic.cloud.BackendException;
import io.raic.cloud.Deadline;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongUnaryOperator;

/**
 * The one layer that tries again: a driver puts each request through it, its SDK's own retries are
 * off, and nothing above a driver repeats a call.
 *
 * <p>Only errors are retried that {@link BackendException#canRetryHelp say so}, with full jitter:
 * the wait is a random part of a bound that doubles each time, so that many clients of a store that
 * was down do not come back at once. A store that names a time is left alone that long. What fails
 * all the time must not be multiplied, so retries are paid from a budget that successes fill:
 * without any, there are {@link #BUDGET} retries, and then one for each {@link #SUCCESSES_A_RETRY}
 * successes. For any thread.
 *
 * @see <a href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">Full
 *     jitter</a>
 */
public final class Retrier {
  /** How often a request is made at most. */
  public static final int MAX_ATTEMPTS = 5;

  /** The retries that can be made before anything succeeds. */
  static final int BUDGET = 50;

  /** How many successes pay for a retry. */
  static final int SUCCESSES_A_RETRY = 10;

  private static final Duration FIRST_WAIT = Duration.ofMillis(100);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

  /** One request. */
  @FunctionalInterface
  public interface Attempt<T> {
    /**
     * Makes it.
     *
     * @param number 1 for the first attempt. From the second on the one before may have done its
     *     work though it failed: a precondition that does not hold any more says nothing then
     */
    T make(int number);
  }

  /** How to wait. */
  @FunctionalInterface
  interface Waiting {
    void sleep(Duration time) throws InterruptedException;
  }

  private final Waiting waiting;
  private final LongUnaryOperator random;

  /** In parts of a retry. */
  private int budget = BUDGET * SUCCESSES_A_RETRY;

  /** Makes a retrier with a full budget: one for each store. */
  public Retrier() {
    this(Thread::sleep, bound -> ThreadLocalRandom.current().nextLong(bound));
  }

  Retrier(Waiting waiting, LongUnaryOperator random) {
    this.waiting = waiting;
    this.random = random;
  }

  /**
   * Makes a request until it succeeds, or fails for good, or no further attempt can end in time.
   *
   * @param deadline when the last attempt must have ended
   * @throws BackendException that of the last attempt
   */
  public <T> T call(Deadline deadline, Attempt<T> attempt) {
    for (int number = 1; ; number++) {
      try {
        T result = attempt.make(number);
        succeeded();
        return result;
      } catch (BackendException e) {
        var wait = waitAfter(e, number);
        if (Thread.currentThread().isInterrupted()
            || !e.canRetryHelp()
            || number == MAX_ATTEMPTS
            || wait.compareTo(deadline.remaining()) >= 0
            || !pay()) {
          throw e;
        }
        sleep(wait, e);
      }
    }
  }

  private Duration waitAfter(BackendException e, int number) {
    long most = Math.min(LONGEST_WAIT.toNanos(), FIRST_WAIT.toNanos() << (number - 1));
    var jitter = Duration.ofNanos(random.applyAsLong(most));
    // Nobody is back at the very moment that everybody was told.
    return e instanceof BackendException.Throttled throttled
        ? throttled.retryAfter().plus(jitter)
        : jitter;
  }

  private void sleep(Duration wait, BackendException reason) {
    try {
      waiting.sleep(wait);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw reason instanceof BackendException.Unavailable
          ? reason
          : new BackendException.Unavailable(reason.request(), "interrupted", reason);
    }
  }

  private synchronized void succeeded() {
    budget = Math.min(budget + 1, BUDGET * SUCCESSES_A_RETRY);
  }

  private synchronized boolean pay() {
    if (budget < SUCCESSES_A_RETRY) {
      return false;
    }
    budget -= SUCCESSES_A_RETRY;
    return true;
  }
}
