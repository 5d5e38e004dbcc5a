package io.raic.gateway.schedule;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/**
 * A queue from threads to threads, in order, with at most so many letters in it.
 *
 * <p>For any number of threads.
 *
 * @param <T> the letters
 */
public final class Mailbox<T> {
  private final Lock lock;
  private final Condition changed;
  private final Queue<T> letters = new ArrayDeque<>();
  private final int capacity;

  /** Makes a queue that waits by the time of {@code scheduler}. */
  public Mailbox(Scheduler scheduler, int capacity) {
    this.lock = scheduler.newLock();
    this.changed = lock.newCondition();
    this.capacity = capacity;
  }

  /**
   * Adds a letter at once.
   *
   * @throws IllegalStateException if there is no room: whoever does not wait knows that there is
   */
  public void add(T letter) {
    lock.lock();
    try {
      if (letters.size() >= capacity) {
        throw new IllegalStateException("more than %d letters".formatted(capacity));
      }
      letters.add(letter);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Adds a letter, also where there is no room: for one that ends the queue. */
  public void end(T last) {
    lock.lock();
    try {
      letters.add(last);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Drops all letters and {@link #end ends} the queue. */
  public void endNow(T last) {
    lock.lock();
    try {
      letters.clear();
      letters.add(last);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Adds a letter if there is room within {@code nanos}, and says whether it did. */
  public boolean offer(T letter, long nanos) throws InterruptedException {
    lock.lock();
    try {
      long left = nanos;
      while (letters.size() >= capacity) {
        if (left <= 0) {
          return false;
        }
        left = changed.awaitNanos(left);
      }
      letters.add(letter);
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until there is room, and says whether that is so within {@code nanos}; it stays so if
   * nobody else adds letters.
   */
  public boolean awaitRoom(long nanos) throws InterruptedException {
    lock.lock();
    try {
      long left = nanos;
      while (letters.size() >= capacity) {
        if (left <= 0) {
          return false;
        }
        left = changed.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Removes the first letter, and waits for one as long as it takes. */
  public T take() throws InterruptedException {
    lock.lock();
    try {
      var first = letters.poll();
      while (first == null) {
        changed.await();
        first = letters.poll();
      }
      changed.signalAll();
      return first;
    } finally {
      lock.unlock();
    }
  }

  /** Removes the first letter if one comes within {@code nanos}. */
  public Optional<T> poll(long nanos) throws InterruptedException {
    lock.lock();
    try {
      long left = nanos;
      var first = letters.poll();
      while (first == null && left > 0) {
        left = changed.awaitNanos(left);
        first = letters.poll();
      }
      if (first != null) {
        changed.signalAll();
      }
      return Optional.ofNullable(first);
    } finally {
      lock.unlock();
    }
  }
}
