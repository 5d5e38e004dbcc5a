package io.raic.cloud.local;

import io.raic.cloud.BackendException;
import io.raic.cloud.Deadline;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;

/**
 * One call to a store: how it is named in errors, and how long it may take.
 *
 * @param id of the store
 * @param root of the store
 * @param action what is tried
 * @param deadline when it has to be over
 */
record LocalCall(String id, Path root, String action, Deadline deadline) {
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
    return new BackendException.Unavailable(id, action + ": " + why);
  }
}
