package io.raic.cloud.resilience;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Time that passes only when told, or when somebody sleeps. */
final class FakeTime extends Clock {
  static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

  private final List<Duration> sleeps = new ArrayList<>();
  private long nanos = 5;
  private Runnable atSleep = () -> {};

  /** Sets what happens while somebody sleeps. */
  synchronized void atSleep(Runnable event) {
    atSleep = event;
  }

  synchronized void pass(Duration time) {
    nanos += time.toNanos();
  }

  synchronized long nanoTime() {
    return nanos;
  }

  void sleep(Duration time) {
    Runnable event;
    synchronized (this) {
      sleeps.add(time);
      pass(time);
      event = atSleep;
    }
    event.run();
  }

  synchronized List<Duration> sleeps() {
    return List.copyOf(sleeps);
  }

  @Override
  public synchronized Instant instant() {
    return START.plusNanos(nanos);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
