package io.raic.gateway.schedule;

import java.time.Duration;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The machine: its clock, and virtual threads.
 *
 * <p>The one place that starts threads, so that a structured task scope, a preview in Java 25, can
 * take its place without touching a caller.
 */
public final class VirtualThreads implements Scheduler {
  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public Strand start(String name, Runnable work) {
    var thread = thread(name, work);
    return new Strand() {
      @Override
      public void interrupt() {
        thread.interrupt();
      }

      @Override
      public boolean join(Duration limit) throws InterruptedException {
        return thread.join(limit);
      }
    };
  }

  /** Starts {@code work} on a virtual thread, for those who need to know which. */
  public static Thread thread(String name, Runnable work) {
    return Thread.ofVirtual().name(name).start(work);
  }

  @Override
  public Lock newLock() {
    return new ReentrantLock();
  }
}
