package io.raic.cloud.resilience;

import io.raic.cloud.BackendException;
import io.raic.cloud.Deadline;
import io.raic.cloud.Request;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Lets so many calls and streams into a provider at a time; the others wait in turn, each until its
 * own deadline. For any thread.
 *
 * <p>A semaphore, because the bulkhead of resilience4j waits up to a time that is the same for all.
 */
final class Connections {
  private final int count;
  private final Semaphore free;

  Connections(int count) {
    this.count = count;
    this.free = new Semaphore(count, true);
  }

  /** A place among the connections; given back once, however often it is closed. */
  final class Permit implements AutoCloseable {
    private final AtomicBoolean isBack = new AtomicBoolean();

    private Permit() {}

    @Override
    public void close() {
      if (isBack.compareAndSet(false, true)) {
        free.release();
      }
    }
  }

  /**
   * Waits for a connection.
   *
   * @throws BackendException.Throttled if none becomes free in time
   * @throws BackendException.Unavailable if the thread is interrupted
   */
  Permit take(Request request, Deadline deadline) {
    try {
      if (free.tryAcquire(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
        return new Permit();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new BackendException.Unavailable(request, "interrupted");
    }
    throw new BackendException.Throttled(
        request, "all %d connections are in use".formatted(count), Duration.ZERO);
  }

  int count() {
    return count;
  }

  int inUse() {
    return count - free.availablePermits();
  }
}
