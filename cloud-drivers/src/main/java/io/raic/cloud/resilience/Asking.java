package io.raic.cloud.resilience;

import io.raic.cloud.BackendException;
import io.raic.cloud.Deadline;
import io.raic.cloud.Operation;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Asks the driver, within the deadline and a while, and says what became of it: the innermost
 * layer. For any thread.
 */
final class Asking {
  /** A caller that gave up after this part of a slow call's time raises a suspicion. */
  private static final int PART_THAT_IS_SUSPICIOUS = 10;

  private final Guard guard;
  private final Duration slowCall;
  private final Runnable suspect;

  /**
   * Makes the layer.
   *
   * @param suspect asks for a canary
   */
  Asking(Guard guard, Duration slowCall, Runnable suspect) {
    this.guard = guard;
    this.slowCall = slowCall;
    this.suspect = suspect;
  }

  /** Makes a call that moves nothing. */
  <T> T ask(Passage passage, Operation operation, Deadline deadline, Supplier<T> call) {
    return ask(passage, operation, deadline, () -> 0, call);
  }

  /**
   * Makes a call.
   *
   * @param deadline as the driver knows it
   * @param progress changes with each byte that moves
   */
  <T> T ask(
      Passage passage,
      Operation operation,
      Deadline deadline,
      LongSupplier progress,
      Supplier<T> call) {
    long start = System.nanoTime();
    // What a deadline has beyond a step is for what has to move.
    var moving = longer(deadline.remaining().minus(deadline.step()), Duration.ZERO);
    var watch =
        Bound.watch(
            deadline,
            progress,
            () -> {
              guard.meter().count(operation, Outcome.SILENT);
              passage.silent(words(operation, since(start)));
            });
    try {
      var result = call.get();
      Bound.end(watch);
      if (!watch.isCut()) {
        guard.answered(operation, passage, since(start), moving, Outcome.ANSWERED);
      }
      return result;
    } catch (BackendException e) {
      Bound.end(watch);
      if (!watch.isCut()) {
        failed(new Ended(passage, operation, deadline, since(start), moving, watch.still()), e);
      }
      throw e;
    } catch (RuntimeException e) {
      guard.meter().count(operation, Outcome.FAULT);
      throw e;
    } finally {
      Bound.end(watch);
    }
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /**
   * A call that failed.
   *
   * @param took how long the driver had it
   * @param moving what of that was due to what there was to move
   * @param still for how long nothing had moved at its end
   */
  private record Ended(
      Passage passage,
      Operation operation,
      Deadline deadline,
      Duration took,
      Duration moving,
      Duration still) {}

  private void failed(Ended call, BackendException e) {
    var outcome = outcome(call, e);
    switch (outcome) {
      case PRECONDITION_FAILED, OUT_OF_SPACE, ACCESS_DENIED -> {
        guard.answered(call.operation(), call.passage(), call.took(), call.moving(), outcome);
        return;
      }
      case THROTTLED -> {
        if (e instanceof BackendException.Throttled throttled) {
          Kind.of(call.operation())
              .forEach(kind -> guard.holdoff(kind).throttled(throttled.retryAfter()));
        }
      }
      case UNAVAILABLE, CORRUPT -> call.passage().failed(call.took(), e);
      case SILENT -> call.passage().silent(words(call.operation(), call.still()));
      case ABANDONED -> {
        if (isLongerThan(call.still(), slowCall.dividedBy(PART_THAT_IS_SUSPICIOUS))) {
          suspect.run();
        }
      }
      case ANSWERED, FAULT, REFUSED, LIMITED -> throw new IllegalStateException(outcome.name());
    }
    if (outcome == Outcome.ABANDONED) {
      guard.meter().count(call.operation(), outcome);
    } else {
      guard.meter().took(call.operation(), outcome, call.took().toNanos());
    }
  }

  private Outcome outcome(Ended call, BackendException e) {
    if (guard.gate().isClosed()) {
      return Outcome.ABANDONED;
    }
    boolean isGivenUp = Thread.currentThread().isInterrupted() || call.passage().isClosed();
    if (!isGivenUp && !(e instanceof BackendException.Unavailable)) {
      return Outcome.of(e);
    }
    if (isLongerThan(call.still(), patience(call))) {
      return Outcome.SILENT;
    }
    return isGivenUp || hadTooLittleTime(call) ? Outcome.ABANDONED : Outcome.UNAVAILABLE;
  }

  /** Returns how long a call may stand still until that says something. */
  private Duration patience(Ended call) {
    var most = most(call.deadline());
    // Making a long object durable takes its time.
    return call.operation() == Operation.COMMIT || most.compareTo(slowCall) < 0 ? most : slowCall;
  }

  /** What waited for our own limits until its deadline was near had no chance. */
  private static boolean hadTooLittleTime(Ended call) {
    return call.deadline().isOver() && !isLongerThan(call.took(), most(call.deadline()));
  }

  private static Duration most(Deadline deadline) {
    return deadline.step().multipliedBy(3).dividedBy(4);
  }

  private static Duration longer(Duration a, Duration b) {
    return isLongerThan(a, b) ? a : b;
  }

  private static boolean isLongerThan(Duration time, Duration other) {
    return time.compareTo(other) >= 0;
  }

  private String words(Operation operation, Duration time) {
    return "%s: %s: no answer for %d ms"
        .formatted(guard.id(), operation.name().toLowerCase(Locale.ROOT), time.toMillis());
  }
}
