package io.raic.gateway.grid;

import io.raic.gateway.schedule.Scheduler;
import io.raic.gateway.schedule.Strand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;

/**
 * What goes on of uploads that were acknowledged: shares that slow stores have not stored yet. Each
 * holds its file and its memory until it ends.
 *
 * <p>There are at most {@link #MAX}, and they hold at most a quarter of the memory of transfers:
 * the oldest make way for others, since a store that hangs would otherwise take all of it. For any
 * number of threads.
 */
final class Stragglers implements AutoCloseable {
  static final int MAX = 64;
  private static final double MAX_FRACTION = 0.25;

  private final Scheduler scheduler;
  private final Duration grace;
  private final Lock lock;
  private final Map<Straggling, Strand> running = new LinkedHashMap<>();
  private boolean isClosed;

  Stragglers(Scheduler scheduler, Duration grace) {
    this.scheduler = scheduler;
    this.grace = grace;
    this.lock = scheduler.newLock();
  }

  /** Lets {@code more} go on on a thread of its own, until its file is wanted. */
  void start(Straggling more) {
    lock.lock();
    try {
      makeRoom(more.fraction());
      var strand = scheduler.start("straggler", () -> run(more));
      running.put(more, strand);
      more.file().yieldBy(strand::interrupt);
      if (isClosed) {
        strand.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }

  private void makeRoom(double fraction) {
    double all = fraction + running.keySet().stream().mapToDouble(Straggling::fraction).sum();
    int count = running.size() + 1;
    for (var oldest : running.entrySet()) {
      if (count <= MAX && all <= MAX_FRACTION) {
        return;
      }
      oldest.getValue().interrupt();
      count--;
      all -= oldest.getKey().fraction();
    }
  }

  private void run(Straggling straggling) {
    try {
      straggling.finish();
    } finally {
      lock.lock();
      try {
        running.remove(straggling);
      } finally {
        lock.unlock();
      }
    }
  }

  /** Ends all, those that do not end by themselves soon as if they had failed. */
  @Override
  public void close() {
    List<Strand> left;
    lock.lock();
    try {
      isClosed = true;
      left = new ArrayList<>(running.values());
    } finally {
      lock.unlock();
    }
    try {
      long end = scheduler.nanoTime() + grace.toNanos();
      for (var strand : left) {
        var _ = strand.join(Duration.ofNanos(Math.max(1, end - scheduler.nanoTime())));
      }
      left.forEach(Strand::interrupt);
      for (var strand : left) {
        var _ = strand.join(grace);
      }
    } catch (InterruptedException _) {
      left.forEach(Strand::interrupt);
      Thread.currentThread().interrupt();
    }
  }
}
