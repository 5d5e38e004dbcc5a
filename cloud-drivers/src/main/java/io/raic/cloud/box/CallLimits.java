package io.raic.cloud.box;

import io.raic.cloud.BackendException;
import io.raic.cloud.Deadline;
import io.raic.cloud.Request;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Keeps calls and uploads below what Box allows a user in a minute, by letting them wait.
 *
 * <p>A token bucket each, in the form that needs only the time at which it is full again. A tenth
 * may come at once and the rest evenly, so that no minute has more than the limit. For any thread.
 */
final class CallLimits {
  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

  private final Bucket calls;
  private final Bucket uploads;

  /** Makes limits that nothing has been taken from. */
  CallLimits(int callsPerMinute, int uploadsPerMinute) {
    calls = new Bucket(callsPerMinute);
    uploads = new Bucket(uploadsPerMinute);
  }

  /**
   * Waits until a call may be made.
   *
   * @throws BackendException.Throttled if that is not before the deadline
   */
  void take(boolean isUpload, Request request, Deadline deadline) {
    sleep(calls.take(request, deadline), request);
    if (isUpload) {
      sleep(uploads.take(request, deadline), request);
    }
  }

  private static void sleep(long nanos, Request request) {
    try {
      if (nanos > 0) {
        TimeUnit.NANOSECONDS.sleep(nanos);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new BackendException.Unavailable(request, "interrupted");
    }
  }

  private static final class Bucket {
    private final long interval;
    private final long burst;
    private long full = System.nanoTime();

    Bucket(int perMinute) {
      int atOnce = Math.max(1, perMinute / 10);
      interval = MINUTE / Math.max(1, perMinute - atOnce);
      burst = atOnce * interval;
    }

    /** Returns how long to wait. */
    synchronized long take(Request request, Deadline deadline) {
      long now = System.nanoTime();
      long next = (full - now < 0 ? now : full) + interval;
      long wait = next - burst - now;
      if (wait > 0 && wait >= deadline.remaining().toNanos()) {
        throw new BackendException.Throttled(
            request, "the calls that Box allows in a minute are made", Duration.ofNanos(wait));
      }
      full = next;
      return Math.max(0, wait);
    }
  }
}
