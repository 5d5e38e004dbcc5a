package io.raic.gateway.grid;

import io.raic.gateway.schedule.Scheduler;
import io.raic.gateway.schedule.Strand;
import java.time.Duration;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** A time that passes when a test says so; nothing runs and nobody waits by it. */
final class HandClock implements Scheduler {
  private long nanos;

  void pass(Duration time) {
    nanos += time.toNanos();
  }

  @Override
  public long nanoTime() {
    return nanos;
  }

  @Override
  public Strand start(String name, Runnable work) {
    throw new UnsupportedOperationException("nothing runs here");
  }

  @Override
  public Lock newLock() {
    return new ReentrantLock();
  }
}
