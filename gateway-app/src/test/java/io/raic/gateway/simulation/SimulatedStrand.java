package io.raic.gateway.simulation;

import io.raic.gateway.schedule.Strand;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** A thread that runs when it is given its turn, and gives it back at each wait. */
final class SimulatedStrand implements Strand {
  /** Why a wait is over. */
  enum Wake {
    CALLED,
    TIME_IS_UP,
    INTERRUPTED
  }

  private final SimulatedScheduler process;
  private final String name;
  private final int number;
  private final Thread thread;
  private volatile boolean turn;

  // What follows belongs to whoever has the turn.
  private boolean waiting;
  private boolean interruptible;
  private boolean interrupted;
  private boolean ended;
  private Object awaited = this;
  private Object purpose = "";
  private long waits;
  private Wake wake = Wake.CALLED;
  private String waitsFor = "its start";

  SimulatedStrand(SimulatedScheduler process, String name, int number, Runnable work) {
    this.process = process;
    this.name = name;
    this.number = number;
    this.thread = Thread.ofVirtual().name(name).unstarted(() -> run(work));
  }

  private void run(Runnable work) {
    awaitTurn();
    try {
      if (!process.hasCrashed()) {
        takeInterrupt();
        work.run();
      }
    } catch (Crash _) {
      // As it was to.
    } catch (Throwable e) {
      process.simulation().fail(e);
    }
    ended = true;
    process.simulation().ended(this);
  }

  /** Returns what the strand, or the one that started it, does this for. */
  Object purpose() {
    return purpose;
  }

  void setPurpose(Object purpose) {
    this.purpose = purpose;
  }

  int number() {
    return number;
  }

  SimulatedScheduler process() {
    return process;
  }

  Thread thread() {
    return thread;
  }

  void giveTurn() {
    turn = true;
    LockSupport.unpark(thread);
  }

  /** Waits for the turn; the thread's interrupt flag is not set meanwhile. */
  void awaitTurn() {
    while (!turn) {
      LockSupport.park(this);
    }
    turn = false;
  }

  /** Begins a wait and returns its number. */
  long beginWait(String what, boolean interruptible) {
    this.waitsFor = what;
    this.waiting = true;
    this.interruptible = interruptible;
    return ++waits;
  }

  boolean isWaiting() {
    return waiting;
  }

  boolean isInWait(long number) {
    return waiting && waits == number;
  }

  void endWait(Wake why) {
    waiting = false;
    wake = why;
  }

  Wake wake() {
    return wake;
  }

  /** Sets the interrupt flag if somebody interrupted while another strand had the turn. */
  void takeInterrupt() {
    if (interrupted) {
      interrupted = false;
      thread.interrupt();
    }
  }

  boolean awaitsEndOf(Object what) {
    return what.equals(awaited);
  }

  /** Waits until {@code what}, a strand or a process, has ended; returns why the wait is over. */
  static Wake awaitEnd(Simulation simulation, Object what, long until) {
    var self = simulation.current();
    self.awaited = what;
    try {
      return simulation.block("the end of " + what, until, true);
    } finally {
      self.awaited = self;
    }
  }

  @Override
  public void interrupt() {
    var simulation = process.simulation();
    if (simulation.isCurrent(this)) {
      thread.interrupt();
    } else if (waiting && interruptible) {
      simulation.wake(this, Wake.INTERRUPTED);
    } else if (!ended) {
      interrupted = true;
    }
  }

  @Override
  public boolean join(Duration limit) throws InterruptedException {
    var simulation = process.simulation();
    long end = simulation.now() + limit.toNanos();
    while (!ended && simulation.now() - end < 0) {
      if (awaitEnd(simulation, this, end) == Wake.INTERRUPTED) {
        throw new InterruptedException();
      }
    }
    return ended;
  }

  String tells() {
    return "%s waits for %s".formatted(this, waitsFor);
  }

  @Override
  public String toString() {
    return "%s/%s-%d".formatted(process.name(), name, number);
  }
}
