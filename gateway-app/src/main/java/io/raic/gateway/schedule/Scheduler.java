package io.raic.gateway.schedule;

import java.time.Duration;
import java.util.concurrent.locks.Lock;

/**
 * What time it is, who runs, and how one waits for another: what the engine waits for, it waits for
 * through this, so that a simulation can stand in for the machine and replay any order of events.
 *
 * <p>For any number of threads.
 */
public interface Scheduler {
  /** Returns a time that only differences say something of, in nanoseconds. */
  long nanoTime();

  /** Starts {@code work} on a thread of its own. */
  Strand start(String name, Runnable work);

  /** Returns a lock whose conditions wait by this scheduler's time. */
  Lock newLock();

  /**
   * Waits for {@code pause}.
   *
   * @throws InterruptedException if interrupted before it is over
   */
  default void sleep(Duration pause) throws InterruptedException {
    var lock = newLock();
    lock.lock();
    try {
      var never = lock.newCondition();
      long left = pause.toNanos();
      while (left > 0) {
        left = never.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }
}
