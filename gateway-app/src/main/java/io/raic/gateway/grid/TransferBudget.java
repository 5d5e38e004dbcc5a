package io.raic.gateway.grid;

import io.raic.gateway.schedule.Scheduler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/**
 * The memory that all transfers together may take: a transfer that finds none free waits a little,
 * and is then refused, rather than exhaust the heap.
 */
public final class TransferBudget {
  private static final long UNIT = 64 << 10;
  private static final Duration ONE_SECOND = Duration.ofSeconds(1);

  private final Lock lock;
  private final Condition released;
  // First come, first served: small transfers do not starve a large one.
  private final Queue<Object> waiting = new ArrayDeque<>();
  private int free;
  private final int all;
  private final Duration patience;

  /**
   * Divides {@code bytes} among transfers.
   *
   * @param patience how long a transfer waits for its part
   */
  public TransferBudget(long bytes, Duration patience, Scheduler scheduler) {
    this.all = Math.clamp(bytes / UNIT, 1, Integer.MAX_VALUE);
    this.free = all;
    this.lock = scheduler.newLock();
    this.released = lock.newCondition();
    this.patience = patience;
  }

  /** What a transfer may use until it is closed. */
  public final class Share implements AutoCloseable {
    private int taken;

    private Share(int taken) {
      this.taken = taken;
    }

    /**
     * Takes as much more as makes {@code bytes} in all; who has all that there is needs no more.
     *
     * @throws BusyException if it does not become free in time; what was taken before stays taken
     */
    public void growTo(long bytes) throws BusyException {
      int more = units(bytes) - taken;
      if (more > 0) {
        acquire(more);
        taken += more;
      }
    }

    /**
     * Takes {@code bytes} more, for what is faster with more memory and works without, if at least
     * half of all stays free and nobody waits for any; and says whether it did.
     */
    public boolean growAtLeisure(long bytes) {
      int more = units(bytes);
      lock.lock();
      try {
        if (!waiting.isEmpty() || free - more < all / 2) {
          return false;
        }
        free -= more;
        taken += more;
        return true;
      } finally {
        lock.unlock();
      }
    }

    /**
     * Takes a part of this off, as far as it reaches, for somebody who needs it for longer.
     *
     * @return the part, to be closed by itself
     */
    public Share split(long bytes) {
      int part = Math.min(units(bytes), taken);
      taken -= part;
      return new Share(part);
    }

    /** Says which part of all the memory this is, from 0 to 1. */
    double fraction() {
      return (double) taken / all;
    }

    @Override
    public void close() {
      release(taken);
      taken = 0;
    }
  }

  /**
   * Takes {@code bytes}; a transfer that alone needs more than there is gets all.
   *
   * @throws BusyException if they do not become free in time
   */
  public Share take(long bytes) throws BusyException {
    int wanted = units(bytes);
    acquire(wanted);
    return new Share(wanted);
  }

  /** Returns how much there is in all. */
  public long allBytes() {
    return all * UNIT;
  }

  /** Returns how much of it is taken. */
  public long usedBytes() {
    lock.lock();
    try {
      return (all - free) * UNIT;
    } finally {
      lock.unlock();
    }
  }

  /** Says whether at least half of the memory is free, and nobody waits for any. */
  public boolean isAtLeisure() {
    lock.lock();
    try {
      return waiting.isEmpty() && free >= all / 2;
    } finally {
      lock.unlock();
    }
  }

  private int units(long bytes) {
    return Math.clamp(Math.ceilDiv(bytes, UNIT), 1, all);
  }

  private void acquire(int wanted) throws BusyException {
    var self = new Object();
    lock.lock();
    try {
      waiting.add(self);
      long left = patience.toNanos();
      while (free < wanted || !self.equals(waiting.peek())) {
        if (left <= 0) {
          throw new BusyException(retryAfter());
        }
        left = released.awaitNanos(left);
      }
      free -= wanted;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new BusyException(retryAfter());
    } finally {
      waiting.remove(self);
      released.signalAll();
      lock.unlock();
    }
  }

  private void release(int units) {
    lock.lock();
    try {
      free += units;
      released.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** What was waited for once may have come when it is asked for again. */
  private Duration retryAfter() {
    return patience.compareTo(ONE_SECOND) < 0 ? ONE_SECOND : patience;
  }
}
