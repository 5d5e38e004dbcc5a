package io.raic.gateway.watch;

import io.micrometer.tracing.Tracer;
import io.raic.gateway.schedule.Scheduler;
import io.raic.gateway.schedule.Strand;
import java.util.concurrent.locks.Lock;

/** Starts strands in the span of whoever starts them. For any thread. */
record TracedScheduler(Scheduler scheduler, Tracer tracer) implements Scheduler {
  @Override
  public long nanoTime() {
    return scheduler.nanoTime();
  }

  @Override
  public Strand start(String name, Runnable work) {
    var span = tracer.currentSpan();
    if (span == null) {
      return scheduler.start(name, work);
    }
    return scheduler.start(
        name,
        () -> {
          try (var _ = tracer.withSpan(span)) {
            work.run();
          }
        });
  }

  @Override
  public Lock newLock() {
    return scheduler.newLock();
  }
}
