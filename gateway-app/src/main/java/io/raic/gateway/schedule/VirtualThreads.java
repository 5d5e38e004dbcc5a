package io.raic.gateway.schedule;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

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

  /**
   * Starts {@code work} on a thread of the system, for what is measured by its processor time.
   *
   * @param work is given a clock of the time that the processor has spent on it, in nanoseconds
   */
  public static Thread measuredThread(String name, Consumer<LongSupplier> work) {
    var threads = ManagementFactory.getThreadMXBean();
    return Thread.ofPlatform()
        .name(name)
        .daemon()
        .start(() ->
            work.accept(
                threads.isCurrentThreadCpuTimeSupported()
                    ? threads::getCurrentThreadCpuTime
                    : System::nanoTime));
  }

  @Override
  public Lock newLock() {
    return new ReentrantLock();
  }
}
