package io.raic.gateway.grid;

import io.raic.gateway.schedule.Scheduler;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;

/**
 * Waits until an upload can be answered: all stores are done, or those that are make the file safe
 * and the others have had their grace, or it cannot become safe any more.
 *
 * <p>For one thread, once.
 */
final class Acknowledgement {
  private final Shipment shipment;
  private final Limits limits;
  private final Scheduler scheduler;
  private boolean isSafe;
  private long safeNanos;

  Acknowledgement(Shipment shipment, Limits limits, Scheduler scheduler) {
    this.shipment = shipment;
    this.limits = limits;
    this.scheduler = scheduler;
  }

  /** Waits; shares that are kept go to other stores where theirs fail. */
  void await() throws InterruptedIOException {
    try {
      for (var open = open(); !open.isEmpty() && isWorthWaiting(open); open = open()) {
        long wait = isSafe ? Math.min(longestGrace(open), limits.tickNanos()) : limits.tickNanos();
        shipment.await(wait);
      }
    } catch (InterruptedException _) {
      throw Shipment.interrupted();
    }
  }

  private List<ShareUpload> open() {
    var open = shipment.open();
    return shipment.plan().isKept() && shipment.place() ? shipment.open() : open;
  }

  private boolean isWorthWaiting(List<ShareUpload> open) {
    if (!isSafe && shipment.isSafe(shipment.committed())) {
      isSafe = true;
      safeNanos = scheduler.nanoTime();
    }
    if (isSafe) {
      boolean isOver = longestGrace(open) <= 0;
      if (isOver) {
        open.forEach(upload -> upload.tempo().missedWriting());
      }
      return !isOver;
    }
    open.forEach(this::giveUpIfStanding);
    // One that has failed since may have left its share to another store.
    return shipment.plan().enough(shipment.holdings(shipment.live()))
        || (shipment.plan().isKept() && shipment.place());
  }

  private void giveUpIfStanding(ShareUpload upload) {
    boolean isBeginning = upload.isBeginning() && shipment.plan().mustBeSafe();
    Duration limit = isBeginning ? limits.stall() : limits.step().multipliedBy(2);
    if (upload.movement().standsStill(limit)) {
      upload.fail(
          isBeginning
              ? "did not begin within %d ms".formatted(limit.toMillis())
              : "did not commit in time");
    }
  }

  private long longestGrace(List<ShareUpload> open) {
    return open.stream().mapToLong(this::graceLeft).max().orElse(0);
  }

  /**
   * Returns how much longer a store is waited for: none if it has not answered since it last was
   * late, however long ago, because it can show that it is back without anybody waiting; else as
   * long as it usually takes, but not less than anybody may be late, nor more than the grace.
   */
  private long graceLeft(ShareUpload upload) {
    if (upload.tempo().isOnProbationToWrite()) {
      return 0;
    }
    long grace = limits.grace().toNanos();
    if (upload.movement().isFed() && upload.tempo().isKnown(Tempo.Wait.COMMIT)) {
      long usual =
          upload.movement().fedNanos() + upload.tempo().lateNanos(Tempo.Wait.COMMIT) - safeNanos;
      grace = Math.min(grace, Math.max(usual, Tempo.FLOOR.toNanos()));
    }
    return safeNanos + grace - scheduler.nanoTime();
  }
}
