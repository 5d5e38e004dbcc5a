package io.raic.cloud.memory;

import io.raic.cloud.Operation;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** How often a store was called, and for how many bytes. For any number of threads. */
public final class Calls {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition counted = lock.newCondition();
  private final Map<Operation, Long> counts = new EnumMap<>(Operation.class);
  private final Map<Operation, Long> bytes = new EnumMap<>(Operation.class);

  Calls() {}

  /** Returns how many calls of a kind have come in, the failed and the waiting ones among them. */
  public long count(Operation operation) {
    lock.lock();
    try {
      return counts.getOrDefault(operation, 0L);
    } finally {
      lock.unlock();
    }
  }

  /** Returns how many bytes went through calls of a kind: of {@code READ} or {@code WRITE}. */
  public long bytes(Operation operation) {
    lock.lock();
    try {
      return bytes.getOrDefault(operation, 0L);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until {@code count} calls of a kind have come in, so that a test knows that somebody is
   * held.
   *
   * @return whether they have, within {@code atMost}
   */
  public boolean await(Operation operation, long count, Duration atMost)
      throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = atMost.toNanos();
      while (counts.getOrDefault(operation, 0L) < count) {
        if (left <= 0) {
          return false;
        }
        left = counted.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Counts from zero again. */
  public void reset() {
    lock.lock();
    try {
      counts.clear();
      bytes.clear();
    } finally {
      lock.unlock();
    }
  }

  void came(Operation operation) {
    lock.lock();
    try {
      counts.merge(operation, 1L, Long::sum);
      counted.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void passed(Operation operation, long count) {
    lock.lock();
    try {
      bytes.merge(operation, count, Long::sum);
    } finally {
      lock.unlock();
    }
  }
}
