package io.raic.gateway.access;

import io.raic.gateway.schedule.Scheduler;
import io.raic.gateway.schedule.Strand;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps reservations alive and writes what was counted, on a strand of its own, until closed. */
public final class Bookkeeping implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Bookkeeping.class);
  private static final Duration PAUSE = Duration.ofMinutes(1);
  private static final Duration END_LIMIT = Duration.ofSeconds(5);

  private final Quotas quotas;
  private final Usage usage;
  private final Scheduler scheduler;
  private final Strand strand;

  private Bookkeeping(Quotas quotas, Usage usage, Scheduler scheduler) {
    this.quotas = quotas;
    this.usage = usage;
    this.scheduler = scheduler;
    this.strand = scheduler.start("access", this::untilInterrupted);
  }

  /** Starts it. */
  public static Bookkeeping start(Quotas quotas, Usage usage, Scheduler scheduler) {
    return new Bookkeeping(quotas, usage, scheduler);
  }

  private void untilInterrupted() {
    try {
      while (true) {
        scheduler.sleep(PAUSE);
        once();
      }
    } catch (InterruptedException _) {
      // Closed.
    }
  }

  private void once() {
    try {
      quotas.renew();
      usage.write();
    } catch (RuntimeException e) {
      LOG.warn("what tokens are used for could not be written: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    strand.interrupt();
    try {
      // A database that does not answer this strand would not answer that one either.
      if (strand.join(END_LIMIT)) {
        // Nor is that certain to end: what is not written in time is lost.
        var _ = scheduler.start("access-end", this::once).join(END_LIMIT);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
