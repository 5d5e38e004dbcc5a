package io.raic.gateway.grid;

import io.raic.crypto.capability.VerifyCap;
import io.raic.gateway.schedule.Scheduler;
import java.io.IOException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rest of one acknowledged upload. A share that is kept goes to another store if its own fails;
 * what is missing at the end stays on the list of {@link Shortfalls}, else the file is taken off.
 */
final class Straggling {
  private static final Logger LOG = LoggerFactory.getLogger(Straggling.class);

  private final Shipment shipment;
  private final VerifyCap cap;
  private final FileLocks.Held file;
  private final Doubts doubts;
  private final TransferBudget.Share memory;
  private final double fraction;
  private final Shortfalls shortfalls;
  private final Limits limits;
  private final Scheduler scheduler;
  private final Consumer<Shipment> settled;

  /**
   * Goes on with what is open of {@code shipment}.
   *
   * @param file given back at the end
   * @param doubts told before that what stores may make yet
   * @param memory given back at the end
   * @param settled told at the end, before that
   */
  Straggling(
      Shipment shipment,
      VerifyCap cap,
      FileLocks.Held file,
      Doubts doubts,
      TransferBudget.Share memory,
      Shortfalls shortfalls,
      Limits limits,
      Scheduler scheduler,
      Consumer<Shipment> settled) {
    this.shipment = shipment;
    this.cap = cap;
    this.file = file;
    this.doubts = doubts;
    this.memory = memory;
    this.fraction = memory.fraction();
    this.shortfalls = shortfalls;
    this.limits = limits;
    this.scheduler = scheduler;
    this.settled = settled;
  }

  FileLocks.Held file() {
    return file;
  }

  /** Says how much of all transfers' memory this holds. */
  double fraction() {
    return fraction;
  }

  /**
   * Waits until all stores have answered, or nothing moves any more; ends soon if interrupted,
   * because somebody else wants the file, the memory or the process.
   */
  void finish() {
    // Neither may be kept from others, whatever happens.
    try (memory;
        file) {
      finishOrEnd();
    }
  }

  private void finishOrEnd() {
    try {
      awaitOthers();
      note();
    } catch (IOException | RuntimeException e) {
      LOG.warn("{}: what became of its last shares could not be noted: {}", cap, e.getMessage());
      // Nothing may go on with a file and memory that others have from now on.
      end();
    } finally {
      var plan = shipment.plan();
      var time = limits.moving(plan.shareBytes());
      doubts.add(plan.storageIndex(), shipment.doubtful(), time);
      settled.accept(shipment);
    }
  }

  private void awaitOthers() {
    try {
      long start = scheduler.nanoTime();
      while (!shipment.open().isEmpty() || mayPlace(start)) {
        shipment.await(limits.tickNanos());
        shipment.open().stream()
            .filter(upload -> isOverdue(upload, start))
            .forEach(upload -> {
              upload.tempo().missedWriting();
              upload.fail("did not commit in time");
            });
      }
    } catch (InterruptedException _) {
      end();
    }
  }

  /** A share that was handed over has as much time as one that was not, from its own start. */
  private boolean isOverdue(ShareUpload upload, long start) {
    long age = Math.min(upload.ageNanos(), scheduler.nanoTime() - start);
    return age >= moving() || upload.movement().standsStill(limits.step());
  }

  /** The first to fail may do so at its very end; who fails after it could go on for ever. */
  private boolean mayPlace(long start) {
    return shipment.plan().isKept()
        && scheduler.nanoTime() - start < 2 * moving()
        && shipment.place();
  }

  private long moving() {
    return limits.moving(shipment.plan().shareBytes()).toNanos();
  }

  /** Gives the rest up, and waits a little until stores have been told. */
  private void end() {
    shipment.abandon();
    try {
      var _ = shipment.awaitEnd(limits.grace());
    } catch (InterruptedException _) {
      // They end as soon as they can.
    }
  }

  private void note() throws IOException {
    var missing = shipment.missing();
    if (missing.isEmpty()) {
      shortfalls.remove(cap.storageIndex());
    } else {
      LOG.info(
          "{}: shares {} are missing, to be mended later: {}",
          cap,
          missing,
          String.join("; ", shipment.failures()));
    }
  }
}
