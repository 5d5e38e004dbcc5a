package io.raic.gateway.grid;

import io.raic.crypto.capability.StorageIndex;
import io.raic.gateway.schedule.Scheduler;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
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
  private final Map<StorageIndex, Held> taken = new HashMap<>();

  FileLocks(Scheduler scheduler) {
    this.lock = scheduler.newLock();
  }

  /** A file that nobody else has. Closing it twice does nothing. */
  final class Held implements AutoCloseable {
    private final StorageIndex file;
    private final Condition released = lock.newCondition();
    private boolean closed;
    private boolean isWanted;
    private Runnable end = () -> {};

    private Held(StorageIndex file) {
      this.file = file;
    }

    /**
     * Lets others have the file soon, because what still goes on is not waited for by anybody.
     *
     * @param end run once, when another wants the file; brings about that this is closed soon, and
     *     waits for nothing
     */
    void yieldBy(Runnable end) {
      lock.lock();
      try {
        this.end = end;
        if (isWanted) {
          end.run();
        }
      } finally {
        lock.unlock();
      }
    }

    private void want() {
      if (!isWanted) {
        isWanted = true;
        end.run();
      }
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
   * Takes {@code file}, from one that goes on in the background if need be.
   *
   * @throws BusyException if another has it for longer than {@code patience}, or the caller is
   *     interrupted
   */
  Held take(StorageIndex file, Duration patience) throws BusyException {
    return take(file, patience, true);
  }

  /**
   * Takes {@code file}, but not from one that goes on in the background.
   *
   * @throws BusyException if another has it for longer than {@code patience}, or the caller is
   *     interrupted
   */
  Held takeWhenFree(StorageIndex file, Duration patience) throws BusyException {
    return take(file, patience, false);
  }

  private Held take(StorageIndex file, Duration patience, boolean isUrgent) throws BusyException {
    var mine = new Held(file);
    lock.lock();
    try {
      long left = patience.toNanos();
      for (var other = taken.putIfAbsent(file, mine);
          other != null;
          other = taken.putIfAbsent(file, mine)) {
        if (left <= 0) {
          throw new BusyException(Duration.ofSeconds(Math.max(1, patience.toSeconds())));
        }
        if (isUrgent) {
          other.want();
        }
        left = other.released.awaitNanos(left);
      }
      return mine;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new BusyException(patience);
    } finally {
      lock.unlock();
    }
  }

  /** Says whether somebody has {@code file}. */
  boolean isTaken(StorageIndex file) {
    lock.lock();
    try {
      return taken.containsKey(file);
    } finally {
      lock.unlock();
    }
  }
}
