package io.raic.cloud.memory;

import io.raic.cloud.BackendException;
import io.raic.cloud.Deadline;
import io.raic.cloud.Operation;
import io.raic.cloud.Request;
import io.raic.cloud.memory.Fault.Stop;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One call to the store, with the faults that happen to it. */
final class Step {
  private final String id;
  private final Operation operation;
  private final Deadline deadline;
  private final List<Fault> faults;

  /** At zero once the store or the stream is closed, which ends every wait. */
  private final CountDownLatch closing;

  Step(
      String id,
      Operation operation,
      Deadline deadline,
      List<Fault> faults,
      CountDownLatch closing) {
    this.id = id;
    this.operation = operation;
    this.deadline = deadline;
    this.faults = faults;
    this.closing = closing;
  }

  /** Lets the call come to its work, or fails. */
  void enter() {
    requireOpen();
    for (var fault : faults) {
      if (fault instanceof Stop stop) {
        apply(stop);
      }
    }
    requireOpen();
  }

  /** Returns whether the answer has to be an old one. */
  boolean isStale() {
    return faults.stream().anyMatch(Fault.Stale.class::isInstance);
  }

  /** Returns the faults that go with the stream that the call opens. */
  List<Fault> ofStream() {
    return faults.stream()
        .filter(fault -> fault instanceof Fault.After || fault instanceof Fault.Flip)
        .toList();
  }

  /**
   * Returns how many of {@code wanted} bytes pass before something else happens, at least one;
   * fails if nothing passes any more.
   *
   * @param passed the bytes of the stream that have passed before
   */
  int pass(long passed, int wanted) {
    long allowed = wanted;
    for (var fault : faults) {
      if (fault instanceof Fault.After(var bytes, var then)) {
        if (passed >= bytes) {
          apply(then);
        } else {
          allowed = Math.min(allowed, bytes - passed);
        }
      }
    }
    return (int) allowed;
  }

  /**
   * Turns over what has to be turned over in {@code data}, whose first byte is at {@code start}.
   */
  void flip(byte[] data, int offset, int count, long start) {
    // Two faults that name the same byte must not make it right again.
    var wrong = new BitSet();
    for (var fault : faults) {
      if (fault instanceof Fault.Flip(var range)) {
        int from = Math.clamp(range.start() - start, 0, count);
        wrong.set(from, Math.max(from, Math.clamp(range.end() - start, 0, count)));
      }
    }
    wrong.stream().forEach(i -> data[offset + i] ^= (byte) 0xff);
  }

  /** Lets the caller know that the work was done, or keeps it from knowing. */
  void leave() {
    if (faults.stream().anyMatch(Fault.LostAck.class::isInstance)) {
      throw unavailable("the answer was lost");
    }
  }

  private void apply(Stop stop) {
    switch (stop) {
      case Fault.Delay(var duration) -> {
        var left = deadline.remaining();
        await(closing, duration.compareTo(left) < 0 ? duration : left);
      }
      case Fault.Hang _ -> await(closing, deadline.remaining());
      case Fault.Hold(var gate) -> await(gate, deadline.remaining());
      case Fault.Fail(var error) -> throw error.apply(Request.of(id, operation));
    }
    requireOpen();
  }

  private void await(CountDownLatch latch, Duration atMost) {
    try {
      var _ = latch.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void requireOpen() {
    if (Thread.currentThread().isInterrupted()) {
      throw unavailable("interrupted");
    }
    if (closing.getCount() == 0) {
      throw unavailable("closed");
    }
    if (deadline.isOver()) {
      throw unavailable("the deadline is over");
    }
  }

  private BackendException unavailable(String why) {
    return new BackendException.Unavailable(Request.of(id, operation), why);
  }
}
