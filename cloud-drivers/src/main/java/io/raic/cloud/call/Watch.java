package io.raic.cloud.call;

import io.raic.cloud.Deadline;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Ends a transfer that stands still, however long a slow one takes that moves.
 *
 * <p>It is cut when nothing has {@link #moved} for a step, or at its deadline, so that a byte now
 * and then does not keep it alive for ever ({@link Deadline#nextFor}). After {@link #close} it is
 * not cut any more. For any thread.
 */
public final class Watch implements AutoCloseable {
  /** Its tasks only interrupt or abort, so one thread does for all stores. */
  private static final ScheduledThreadPoolExecutor CLOCK = clock();

  private final long stepNanos;
  private final long lastNanos;
  private final LongSupplier progress;
  private final Runnable cut;
  private final ScheduledFuture<?> looking;
  private volatile long movedNanos;
  private long progressSeen;
  private boolean isCut;
  private boolean isOver;

  private Watch(Deadline deadline, LongSupplier progress, Runnable cut) {
    long now = System.nanoTime();
    this.stepNanos = deadline.step().toNanos();
    this.movedNanos = now;
    this.lastNanos = deadline.endNanos();
    this.progress = progress;
    this.progressSeen = progress.getAsLong();
    this.cut = cut;
    // Cut no later than an eighth after the step.
    long pause = Math.max(1, stepNanos / 8);
    this.looking = CLOCK.scheduleWithFixedDelay(this::look, pause, pause, TimeUnit.NANOSECONDS);
  }

  private static ScheduledThreadPoolExecutor clock() {
    var clock =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("transfer-watch").factory());
    clock.setRemoveOnCancelPolicy(true);
    return clock;
  }

  /**
   * Watches a transfer that begins now.
   *
   * @param deadline its end, and as a duration how long it may stand still before
   * @param cut ends it, from another thread; must not block
   */
  public static Watch of(Deadline deadline, Runnable cut) {
    return of(deadline, () -> 0, cut);
  }

  /**
   * Watches a transfer that is asked how far it has come, instead of telling that it has moved.
   *
   * @param progress changes with each byte that moves; asked by another thread, must not block
   */
  public static Watch of(Deadline deadline, LongSupplier progress, Runnable cut) {
    return new Watch(deadline, progress, cut);
  }

  /** Watches a transfer that the calling thread makes, and interrupts that to cut it. */
  public static Watch ofThisThread(Deadline deadline) {
    return of(deadline, Thread.currentThread()::interrupt);
  }

  /** Notes that bytes have moved. */
  public void moved() {
    movedNanos = System.nanoTime();
  }

  /** Returns for how long nothing has been seen to move. */
  public synchronized Duration still() {
    askProgress();
    return Duration.ofNanos(System.nanoTime() - movedNanos);
  }

  private void askProgress() {
    long now = progress.getAsLong();
    if (now != progressSeen) {
      progressSeen = now;
      moved();
    }
  }

  private synchronized void look() {
    askProgress();
    long now = System.nanoTime();
    if (!isOver && !isCut && (now - movedNanos >= stepNanos || now - lastNanos >= 0)) {
      isCut = true;
      cut.run();
    }
  }

  /** Says whether it was cut. */
  public synchronized boolean isCut() {
    return isCut;
  }

  @Override
  public synchronized void close() {
    isOver = true;
    looking.cancel(false);
  }
}
