package io.raic.cloud.local;

import io.raic.cloud.BackendException;
import io.raic.cloud.Deadline;
import io.raic.cloud.Request;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;

/**
 * One call to a store: how it is named in errors, and how long it may take.
 *
 * @param request what is tried
 * @param root of the store
 * @param deadline when it has to be over
 */
record LocalCall(Request request, Path root, Deadline deadline) {
  /** Fails if the call has to end now. */
  void requireTime() {
    if (Thread.currentThread().isInterrupted()) {
      throw unavailable("interrupted");
    }
    if (deadline.isOver()) {
      throw unavailable("the deadline is over");
    }
  }

  /** Takes a lock, or fails when the call has to end. */
  void acquire(Lock lock) {
    if (!tryAcquire(lock)) {
      requireTime();
      throw unavailable("the deadline is over");
    }
  }

  /** Takes a lock unless the call has to end first, and says whether it was taken. */
  boolean tryAcquire(Lock lock) {
    try {
      return lock.tryLock(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Returns what an exception of the file system means for the caller. */
  BackendException failed(IOException e) {
    return LocalErrors.translate(this, e);
  }

  BackendException unavailable(String why) {
    return new BackendException.Unavailable(request, why);
  }
}
