package io.raic.gateway.bench;

import io.raic.gateway.schedule.VirtualThreads;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Runs steps at once, and returns when all have ended, so that none comes after a removal. */
final class AtOnce {
  private AtOnce() {}

  /**
   * Runs all {@code steps}, each on a thread of its own. If the caller is interrupted they are, and
   * are waited for all the same: whatever they wait for ends then.
   *
   * @throws RuntimeException what the first step that failed has thrown; the others still run
   */
  static void run(List<Runnable> steps) {
    var failures = new ConcurrentLinkedQueue<RuntimeException>();
    var threads =
        steps.stream()
            .map(step -> VirtualThreads.thread("bench", () -> run(step, failures)))
            .toList();
    boolean wasInterrupted = false;
    for (var thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException _) {
          wasInterrupted = true;
          threads.forEach(Thread::interrupt);
        }
      }
    }
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
    if (!failures.isEmpty()) {
      throw failures.remove();
    }
  }

  private static void run(Runnable step, Queue<RuntimeException> failures) {
    try {
      step.run();
    } catch (RuntimeException e) {
      failures.add(e);
    }
  }
}
