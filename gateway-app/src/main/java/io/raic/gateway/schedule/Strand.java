package io.raic.gateway.schedule;

import java.time.Duration;

/** A thread that a {@link Scheduler} started. */
public interface Strand {
  /** Interrupts what it waits for, or will wait for next. */
  void interrupt();

  /** Waits until it has ended, and says whether that is so in time. */
  boolean join(Duration limit) throws InterruptedException;
}
