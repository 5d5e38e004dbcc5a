package io.raic.cloud.resilience;

import io.raic.cloud.Deadline;
import io.raic.cloud.call.Watch;
import java.time.Duration;
import java.util.function.LongSupplier;

/** How long a call may last for a driver that does not end it by itself. */
final class Bound {
  private static final Duration LEAST = Duration.ofSeconds(1);

  /** A driver's own watch cuts up to an eighth late. */
  private static final int PART_OF_A_STEP = 4;

  private Bound() {}

  /**
   * Watches a call that the calling thread makes. A while after {@code deadline} tells {@code late}
   * and interrupts the thread.
   *
   * @param deadline of the call, as the driver knows it
   * @param progress changes while something moves
   */
  static Watch watch(Deadline deadline, LongSupplier progress, Runnable late) {
    var grace = deadline.step().dividedBy(PART_OF_A_STEP).plus(LEAST);
    var caller = Thread.currentThread();
    return Watch.of(
        new Deadline(deadline.step().plus(grace), deadline.endNanos() + grace.toNanos()),
        progress,
        () -> {
          try {
            late.run();
          } finally {
            caller.interrupt();
          }
        });
  }

  /** Ends a watch: after this it interrupts nobody, and if it did, that is forgotten. */
  static void end(Watch watch) {
    watch.close();
    if (watch.isCut()) {
      var _ = Thread.interrupted();
    }
  }
}
