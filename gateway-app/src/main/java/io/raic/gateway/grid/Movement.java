package io.raic.gateway.grid;

import io.raic.cloud.Upload;
import io.raic.crypto.share.ShareSource;
import io.raic.gateway.schedule.Scheduler;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How one store takes what it is given. What waited for limits of ours is not its fault.
 *
 * <p>{@link #step}, {@link #begun} and {@link #fed} are for the thread that feeds it, {@link
 * #standsStill} and {@link #moves} for the one that waits for it.
 */
final class Movement {
  private final Scheduler scheduler;
  private volatile @Nullable Upload upload;
  private volatile long busyNanos;
  private volatile long stepStartNanos;
  private volatile boolean inStep;
  private volatile boolean isStepDone;
  private volatile long fedNanos;
  private volatile boolean isFed;
  private volatile long lookedAt;
  private long movedBefore;
  private long movedNanos;

  Movement(Scheduler scheduler) {
    this.scheduler = scheduler;
    this.movedNanos = scheduler.nanoTime();
  }

  /** Notes that the store takes bytes. */
  void begun(Upload upload) {
    this.upload = upload;
  }

  /** Notes that the store got its last byte, and returns when. */
  long fed() {
    long now = scheduler.nanoTime();
    fedNanos = now;
    isFed = true;
    return now;
  }

  /** Says whether it got its last byte. */
  boolean isFed() {
    return isFed;
  }

  /** Returns when it got its last byte, if it did. */
  long fedNanos() {
    return fedNanos;
  }

  /** Makes a step of the store, on the clock. */
  void step(Runnable step) {
    long start = scheduler.nanoTime();
    long before = busyNanos;
    stepStartNanos = start;
    inStep = true;
    try {
      step.run();
      isStepDone = true;
    } finally {
      inStep = false;
      busyNanos = before + scheduler.nanoTime() - start;
    }
  }

  /** Says whether the store has taken any byte. */
  boolean hasMoved() {
    var begun = upload;
    return isStepDone || (begun != null && begun.sentBytes() > 0);
  }

  /** Returns {@code source}, whose bytes are movement too; for one thread at a time. */
  ShareSource watching(ShareSource source) {
    return (offset, target, targetOffset, length) -> {
      int got = source.read(offset, target, targetOffset, length);
      long before = lookedAt;
      lookedAt = before + got;
      return got;
    };
  }

  /** Returns how long the store has taken to take what it was given, up to now. */
  long busyNanos() {
    long before = busyNanos;
    long all = inStep ? before + scheduler.nanoTime() - stepStartNanos : before;
    var begun = upload;
    return begun == null ? all : Math.max(0, all - begun.heldBackNanos());
  }

  /** Notes that the store was just given something. */
  void moves() {
    movedNanos = scheduler.nanoTime();
  }

  /**
   * Says whether nothing has gone to the store for {@code limit}, since it was last given some, nor
   * has waited for limits of ours.
   */
  boolean standsStill(Duration limit) {
    var begun = upload;
    long now = scheduler.nanoTime();
    // Changes with each byte and each moment held back.
    long moved = lookedAt + (begun == null ? 0 : begun.sentBytes() + begun.heldBackNanos());
    if (moved != movedBefore) {
      movedBefore = moved;
      movedNanos = now;
    }
    return now - movedNanos >= limit.toNanos();
  }
}
