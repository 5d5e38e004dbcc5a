package io.raic.gateway.schedule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Makes several calls at once and waits for all of them.
 *
 * <p>For any number of threads.
 */
public final class Fanout {
  private final Scheduler scheduler;

  /** Makes calls on threads of {@code scheduler}. */
  public Fanout(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  /**
   * What became of a call.
   *
   * @param <T> what it returns
   */
  public sealed interface Outcome<T> {
    /**
     * It returned.
     *
     * @param value what
     */
    record Done<T>(T value) implements Outcome<T> {}

    /**
     * It failed, or did not end in time.
     *
     * @param reason why
     */
    record Failed<T>(Throwable reason) implements Outcome<T> {}
  }

  /** A call's place, and what became of it. */
  private record Ended<T>(int index, Outcome<T> outcome) {}

  /**
   * Makes all {@code calls} and returns their outcomes in the same order, after at most {@code
   * limit}: calls that have not ended by then are interrupted and count as failed.
   *
   * @throws InterruptedException if the caller was interrupted; the calls are then too
   */
  public <T> List<Outcome<T>> all(List<? extends Callable<T>> calls, Duration limit)
      throws InterruptedException {
    var ended = new Mailbox<Ended<T>>(scheduler, calls.size());
    var strands = new ArrayList<Strand>(calls.size());
    var outcomes = new ArrayList<Outcome<T>>(calls.size());
    for (int i = 0; i < calls.size(); i++) {
      int index = i;
      var call = calls.get(i);
      strands.add(
          scheduler.start(
              "fanout", () -> make(call, outcome -> ended.add(new Ended<>(index, outcome)))));
      outcomes.add(
          new Outcome.Failed<>(
              new TimeoutException("no answer within %d ms".formatted(limit.toMillis()))));
    }
    long end = scheduler.nanoTime() + limit.toNanos();
    try {
      for (int i = 0; i < calls.size(); i++) {
        var next = ended.poll(end - scheduler.nanoTime());
        if (next.isEmpty()) {
          break;
        }
        outcomes.set(next.get().index(), next.get().outcome());
      }
    } finally {
      strands.forEach(Strand::interrupt);
    }
    return outcomes;
  }

  private static <T> void make(Callable<T> call, Consumer<Outcome<T>> told) {
    Outcome<T> outcome;
    try {
      outcome = new Outcome.Done<>(call.call());
    } catch (Exception e) {
      outcome = new Outcome.Failed<>(e);
    } catch (Error e) {
      told.accept(new Outcome.Failed<>(e));
      throw e;
    }
    told.accept(outcome);
  }
}
