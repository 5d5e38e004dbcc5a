package io.raic.gateway.simulation;

import io.raic.gateway.simulation.SimulatedStrand.Wake;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/** A lock that strands of one process hold and wait for, reentrant; and its conditions. */
final class SimulatedLock implements Lock {
  /** A condition may end a wait for no reason. */
  private static final double SPURIOUS = 0.01;

  private final SimulatedScheduler process;
  private final Simulation simulation;
  private final List<SimulatedStrand> waiting = new ArrayList<>();
  private @Nullable SimulatedStrand owner;
  private int holds;

  SimulatedLock(SimulatedScheduler process) {
    this.process = process;
    this.simulation = process.simulation();
  }

  @Override
  public void lock() {
    process.requireAlive();
    simulation.perhapsPause();
    take(1);
  }

  /** Takes it, however often it is interrupted. */
  private void take(int count) {
    var self = simulation.current();
    while (owner != null && !self.equals(owner)) {
      waiting.add(self);
      simulation.block("a lock that %s holds".formatted(owner), Simulation.NEVER, false);
      waiting.remove(self);
    }
    owner = self;
    holds += count;
  }

  @Override
  public void lockInterruptibly() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    lock();
  }

  @Override
  public boolean tryLock() {
    process.requireAlive();
    if (owner != null && !simulation.isCurrent(owner)) {
      return false;
    }
    take(1);
    return true;
  }

  @Override
  public boolean tryLock(long time, TimeUnit unit) throws InterruptedException {
    long end = simulation.now() + unit.toNanos(time);
    while (!tryLock()) {
      var self = simulation.current();
      waiting.add(self);
      var wake = simulation.block("a lock that %s holds".formatted(owner), end, true);
      waiting.remove(self);
      if (wake == Wake.INTERRUPTED) {
        throw new InterruptedException();
      }
      if (simulation.now() >= end) {
        return tryLock();
      }
    }
    return true;
  }

  @Override
  public void unlock() {
    if (process.hasCrashed()) {
      return;
    }
    requireOwner();
    if (--holds == 0) {
      free();
      simulation.perhapsPause();
    }
  }

  private void requireOwner() {
    if (owner == null || !simulation.isCurrent(owner)) {
      throw new IllegalMonitorStateException("not held");
    }
  }

  private void free() {
    owner = null;
    waiting.forEach(strand -> simulation.wake(strand, Wake.CALLED));
  }

  @Override
  public Condition newCondition() {
    return new SimulatedCondition();
  }

  /** A condition of the lock around it. */
  private final class SimulatedCondition implements Condition {
    private final List<SimulatedStrand> waiters = new ArrayList<>();

    private Wake stay(long until, boolean interruptible) {
      process.requireAlive();
      requireOwner();
      var self = simulation.current();
      int held = holds;
      boolean spurious = simulation.random().nextDouble() < SPURIOUS;
      holds = 0;
      free();
      waiters.add(self);
      var wake = simulation.block("a signal", spurious ? simulation.now() : until, interruptible);
      waiters.remove(self);
      take(held);
      return wake;
    }

    private long stayFor(long nanos) throws InterruptedException {
      long end = simulation.now() + Math.max(0, nanos);
      if (stay(end < 0 ? Simulation.NEVER : end, true) == Wake.INTERRUPTED) {
        throw new InterruptedException();
      }
      return end - simulation.now();
    }

    @Override
    public void await() throws InterruptedException {
      if (stay(Simulation.NEVER, true) == Wake.INTERRUPTED) {
        throw new InterruptedException();
      }
    }

    @Override
    public void awaitUninterruptibly() {
      stay(Simulation.NEVER, false);
    }

    @Override
    public long awaitNanos(long nanos) throws InterruptedException {
      return stayFor(nanos);
    }

    @Override
    public boolean await(long time, TimeUnit unit) throws InterruptedException {
      return stayFor(unit.toNanos(time)) > 0;
    }

    @Override
    public boolean awaitUntil(Date deadline) {
      throw new UnsupportedOperationException("nobody waits by the calendar");
    }

    @Override
    public void signal() {
      signal(1);
    }

    @Override
    public void signalAll() {
      signal(Integer.MAX_VALUE);
    }

    private void signal(int most) {
      if (process.hasCrashed()) {
        return;
      }
      requireOwner();
      List.copyOf(waiters).stream()
          .filter(SimulatedStrand::isWaiting)
          .limit(most)
          .forEach(strand -> simulation.wake(strand, Wake.CALLED));
      simulation.perhapsPause();
    }
  }
}
