package io.raic.gateway.simulation;

import io.raic.gateway.schedule.Scheduler;
import io.raic.gateway.schedule.Strand;
import java.time.Duration;
import java.util.concurrent.locks.Lock;

/** A process in a {@link Simulation}: its strands, which end together if it crashes. */
final class SimulatedScheduler implements Scheduler {
  private final Simulation simulation;
  private final String name;
  private boolean crashed;

  SimulatedScheduler(Simulation simulation, String name) {
    this.simulation = simulation;
    this.name = name;
  }

  Simulation simulation() {
    return simulation;
  }

  String name() {
    return name;
  }

  boolean hasCrashed() {
    return crashed;
  }

  /** Ends all strands at their waits; nothing they do from now on has an effect. */
  void crash() {
    if (!crashed) {
      crashed = true;
      simulation.note(name + " crashes");
      simulation.wakeAllOf(this);
    }
  }

  /** Waits until no strand of it is left, or {@code until}, and says whether that is so. */
  boolean awaitEnd(long until) {
    while (simulation.isLive(this) && simulation.now() < until) {
      SimulatedStrand.awaitEnd(simulation, this, until);
    }
    return !simulation.isLive(this);
  }

  void requireAlive() {
    if (crashed) {
      throw new Crash();
    }
  }

  @Override
  public long nanoTime() {
    return simulation.now();
  }

  @Override
  public Strand start(String name, Runnable work) {
    requireAlive();
    var strand = simulation.start(this, name, work);
    simulation.perhapsPause();
    return strand;
  }

  @Override
  public Lock newLock() {
    return new SimulatedLock(this);
  }

  @Override
  public void sleep(Duration pause) throws InterruptedException {
    long end = simulation.now() + Math.max(0, pause.toNanos());
    if (simulation.block("time to pass", end, true) == SimulatedStrand.Wake.INTERRUPTED) {
      throw new InterruptedException();
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
