package io.raic.gateway.grid;

import io.raic.crypto.capability.StorageIndex;
import io.raic.gateway.schedule.Scheduler;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/**
 * One at a time stores, repairs or removes shares of a file.
 *
 * <p>Two uploads of the same content make the same objects. Each plans by what the stores hold, so
 * together they would give a store more than it may have; and the one that fails must not remove
 * what the other has promised. For any number of threads.
 */
final class FileLocks {
  private final Lock lock;
  private final Condition released;
  private final Set<StorageIndex> taken = new HashSet<>();

  FileLocks(Scheduler scheduler) {
    this.lock = scheduler.newLock();
    this.released = lock.newCondition();
  }

  /** A file that nobody else has. Closing it twice does nothing. */
  final class Held implements AutoCloseable {
    private final StorageIndex file;
    private boolean closed;

    private Held(StorageIndex file) {
      this.file = file;
    }

    @Override
    public void close() {
      lock.lock();
      try {
        if (!closed) {
          closed = true;
          taken.remove(file);
          released.signalAll();
        }
      } finally {
        lock.unlock();
      }
    }
  }

  /**
   * Takes {@code file}.
   *
   * @throws BusyException if another has it for longer than {@code patience}, or the caller is
   *     interrupted
   */
  Held take(StorageIndex file, Duration patience) throws BusyException {
    lock.lock();
    try {
      long left = patience.toNanos();
      while (!taken.add(file)) {
        if (left <= 0) {
          throw new BusyException(Duration.ofSeconds(Math.max(1, patience.toSeconds())));
        }
        left = released.awaitNanos(left);
      }
      return new Held(file);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new BusyException(patience);
    } finally {
      lock.unlock();
    }
  }
}
