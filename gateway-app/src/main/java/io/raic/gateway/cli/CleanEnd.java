package io.raic.gateway.cli;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs what puts something at a provider such that Ctrl-C waits until it has cleaned up. */
final class CleanEnd {
  private static final long TICK_MILLIS = 100;

  private CleanEnd() {}

  /**
   * Runs {@code work}, on a thread that is interrupted when the process or this thread is, and
   * returns what it returns.
   *
   * @param cleanUp how long Ctrl-C waits at most
   * @param tick called by this thread all the time
   * @param work cleans up when it is interrupted
   */
  static <T> T of(String name, Duration cleanUp, Runnable tick, Callable<T> work) throws Failure {
    // On a virtual thread, as in a gateway: only there an interrupt ends every wait of a driver.
    var working = new FutureTask<>(work);
    var thread = Thread.ofVirtual().name(name).unstarted(working);
    var ended = new CountDownLatch(1);
    var hook = stopping(thread, ended, cleanUp);
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      thread.start();
      return await(working, thread, tick);
    } finally {
      ended.countDown();
      forget(hook);
    }
  }

  private static <T> T await(FutureTask<T> working, Thread thread, Runnable tick) throws Failure {
    boolean wasInterrupted = false;
    try {
      while (true) {
        try {
          return working.get(TICK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
          tick.run();
        } catch (InterruptedException _) {
          wasInterrupted = true;
          thread.interrupt();
        }
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UncheckedIOException io) {
        throw Failure.of("cannot write to standard output", Objects.requireNonNull(io.getCause()));
      }
      throw e.getCause() instanceof RuntimeException other ? other : new IllegalStateException(e);
    } finally {
      if (wasInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static Thread stopping(Thread work, CountDownLatch ended, Duration cleanUp) {
    return new Thread(() -> {
      work.interrupt();
      try {
        var _ = ended.await(cleanUp.toSeconds(), TimeUnit.SECONDS);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    });
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      // It is what ended the work.
    }
  }
}
