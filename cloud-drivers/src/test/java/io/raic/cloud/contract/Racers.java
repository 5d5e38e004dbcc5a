package io.raic.cloud.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/**
 * Tasks that start at the same moment, by turns on a thread of the system, which is put aside at
 * any point, and on a virtual one, which drivers are made for. The first is one of the system.
 */
public final class Racers {
  private Racers() {}

  /** Runs {@code task} for 0 to {@code count} - 1 and returns the results in that order. */
  public static <T> List<T> race(int count, IntFunction<T> task) throws InterruptedException {
    var start = new CyclicBarrier(count);
    var tasks = new ArrayList<Callable<T>>();
    for (int i = 0; i < count; i++) {
      int number = i;
      tasks.add(() -> {
        start.await();
        return task.apply(number);
      });
    }
    var started = new AtomicInteger();
    try (var threads =
        Executors.newThreadPerTaskExecutor(racer ->
            started.getAndIncrement() % 2 == 0
                ? Thread.ofPlatform().unstarted(racer)
                : Thread.ofVirtual().unstarted(racer))) {
      return threads.invokeAll(tasks).stream().map(Racers::result).toList();
    }
  }

  private static <T> T result(Future<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new AssertionError("a racer failed", e);
    } catch (InterruptedException e) {
      throw new AssertionError("not awaited", e);
    }
  }
}
