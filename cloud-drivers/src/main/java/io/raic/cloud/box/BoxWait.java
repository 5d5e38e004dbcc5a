package io.raic.cloud.box;

import io.raic.cloud.BackendException;
import io.raic.cloud.Deadline;
import io.raic.cloud.Request;
import java.time.Duration;

/** Waits as long as Box says that something takes which is not ready yet. */
final class BoxWait {
  private static final Duration FIRST = Duration.ofSeconds(1);

  private BoxWait() {}

  /**
   * Waits.
   *
   * @param most that is waited at once
   * @throws BackendException.Unavailable if that is longer than there is time
   */
  static void after(BoxRefusal notReady, Duration most, Request request, Deadline deadline) {
    var told = notReady.retryAfter().orElse(FIRST);
    var wait = told.compareTo(most) > 0 ? most : told;
    if (wait.compareTo(deadline.remaining()) >= 0) {
      throw new BackendException.Unavailable(request, "Box is not ready yet");
    }
    try {
      Thread.sleep(wait);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new BackendException.Unavailable(request, "interrupted");
    }
  }
}
