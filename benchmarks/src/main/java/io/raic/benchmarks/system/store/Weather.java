package io.raic.benchmarks.system.store;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** The fault and the line of a store, as its connections feel them. For use by many threads. */
final class Weather {
  /** Why a connection ends. */
  static final class Broken extends IOException {
    private static final long serialVersionUID = 1;
    private final boolean isReset;

    Broken(boolean isReset) {
      super("on purpose");
      this.isReset = isReset;
    }

    /** Says whether the other side is to see that it was broken. */
    boolean isReset() {
      return isReset;
    }
  }

  private Fault fault = new Fault.None();
  private volatile Link link = Link.LOOPBACK;
  private final AtomicLong freeIn = new AtomicLong();
  private final AtomicLong freeOut = new AtomicLong();

  synchronized Fault fault() {
    return fault;
  }

  synchronized void set(Fault fault) {
    this.fault = fault;
    notifyAll();
  }

  void set(Link link) {
    this.link = link;
  }

  /** Returns the fault; in a hanging store it does not, until that ends. */
  synchronized Fault weather() throws IOException {
    boolean hung = false;
    while (fault instanceof Fault.Hang) {
      hung = true;
      try {
        wait();
      } catch (InterruptedException _) {
        throw new Broken(true);
      }
    }
    if (hung) {
      throw new Broken(true);
    }
    return fault;
  }

  /** Waits as long as an answer takes to come. */
  void latency() {
    long nanos = link.latency().toNanos();
    if (nanos > 0) {
      sleepUntil(System.nanoTime() + nanos);
    }
  }

  /** Waits until the bytes are through, after those of the other connections. */
  void moved(int bytes, boolean isIn) {
    long rate = link.bytesPerSecond();
    if (rate > 0) {
      long takes = (long) (bytes * 1e9 / rate);
      long now = System.nanoTime();
      sleepUntil((isIn ? freeIn : freeOut).updateAndGet(free -> Math.max(free, now) + takes));
    }
  }

  private static void sleepUntil(long nanos) {
    for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
      LockSupport.parkNanos(left);
      if (Thread.interrupted()) {
        return;
      }
    }
  }
}
