package io.raic.gateway.access;

import io.raic.gateway.schedule.Scheduler;
import io.raic.gateway.schedule.Strand;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Time that passes when a test says so. Nothing else of a scheduler works. */
final class HandTime implements InstantSource, Scheduler {
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private long nanos;

  void pass(Duration duration) {
    now = now.plus(duration);
    nanos += duration.toNanos();
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public long nanoTime() {
    return nanos;
  }

  @Override
  public Strand start(String name, Runnable work) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Lock newLock() {
    return new ReentrantLock();
  }
}
