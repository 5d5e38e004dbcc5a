package io.raic.gateway.grid;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs work on virtual threads.
 *
 * <p>The one place that starts threads, so that a structured task scope, a preview in Java 25, can
 * take its place without touching a caller.
 */
public final class Fanout {
  private Fanout() {}

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

  /**
   * Runs all {@code calls} and returns their outcomes in the same order, after at most {@code
   * limit}: calls that have not ended by then are interrupted and count as failed.
   *
   * @throws InterruptedException if the caller was interrupted; the calls are then too
   */
  public static <T> List<Outcome<T>> all(List<? extends Callable<T>> calls, Duration limit)
      throws InterruptedException {
    var tasks = new ArrayList<FutureTask<T>>(calls.size());
    for (Callable<T> call : calls) {
      var task = new FutureTask<>(call);
      tasks.add(task);
      start("fanout", task);
    }
    long end = System.nanoTime() + limit.toNanos();
    try {
      var outcomes = new ArrayList<Outcome<T>>(tasks.size());
      for (var task : tasks) {
        outcomes.add(outcome(task, end - System.nanoTime(), limit));
      }
      return outcomes;
    } finally {
      tasks.forEach(task -> task.cancel(true));
    }
  }

  private static <T> Outcome<T> outcome(FutureTask<T> task, long nanos, Duration limit)
      throws InterruptedException {
    try {
      return new Outcome.Done<>(task.get(Math.max(0, nanos), TimeUnit.NANOSECONDS));
    } catch (ExecutionException e) {
      return new Outcome.Failed<>(Objects.requireNonNullElse(e.getCause(), e));
    } catch (TimeoutException _) {
      return new Outcome.Failed<>(
          new TimeoutException("no answer within %d ms".formatted(limit.toMillis())));
    }
  }

  /** Starts {@code work} on a virtual thread and returns it, to be interrupted when unwanted. */
  public static Thread start(String name, Runnable work) {
    return Thread.ofVirtual().name(name).start(work);
  }
}
