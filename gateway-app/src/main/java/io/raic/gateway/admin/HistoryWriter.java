package io.raic.gateway.admin;

import io.raic.gateway.schedule.Mailbox;
import io.raic.gateway.schedule.Scheduler;
import io.raic.gateway.schedule.Strand;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes into the {@link History} on a strand of its own, in order: who tells it something never
 * waits for the database. What cannot be written, or is told while too much waits, is {@link
 * #missed}.
 *
 * <p>For any number of threads.
 */
public final class HistoryWriter implements AutoCloseable {
  /** What more is told while so much waits is missed. */
  static final int MAX_WAITING = 1024;

  private static final Duration END = Duration.ofSeconds(5);
  private static final Logger LOG = LoggerFactory.getLogger(HistoryWriter.class);

  private sealed interface Letter {
    record Slots(Map<String, Slot> bySubject) implements Letter {}

    record Happened(Event event) implements Letter {}

    record Pruning(Instant now) implements Letter {}

    record End() implements Letter {}
  }

  private final History history;
  private final Mailbox<Letter> queue;
  private final Strand strand;
  private final AtomicLong missed = new AtomicLong();
  private volatile boolean isTold;

  /** Starts to write into {@code history}. */
  public HistoryWriter(History history, Scheduler scheduler) {
    this.history = history;
    this.queue = new Mailbox<>(scheduler, MAX_WAITING);
    this.strand = scheduler.start("history", this::run);
  }

  /** Returns how many minutes, events and prunings were lost since the start. */
  public long missed() {
    return missed.get();
  }

  void add(Map<String, Slot> slots) {
    tell(new Letter.Slots(Map.copyOf(slots)));
  }

  void add(Event event) {
    tell(new Letter.Happened(event));
  }

  void prune(Instant now) {
    tell(new Letter.Pruning(now));
  }

  private void tell(Letter letter) {
    try {
      if (!queue.offer(letter, 0)) {
        miss();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      miss();
    }
  }

  private void miss() {
    missed.incrementAndGet();
    if (!isTold) {
      isTold = true;
      LOG.warn("some of the dashboard's history could not be kept");
    }
  }

  private void run() {
    try {
      boolean goesOn = true;
      while (goesOn) {
        goesOn = write(queue.take());
      }
    } catch (InterruptedException _) {
      // Closed, and the database did not end in time.
    }
  }

  /** Returns whether more comes. */
  private boolean write(Letter letter) {
    try {
      switch (letter) {
        case Letter.Slots slots -> history.add(slots.bySubject());
        case Letter.Happened happened -> history.add(happened.event());
        case Letter.Pruning pruning -> history.prune(pruning.now());
        case Letter.End _ -> {
          return false;
        }
      }
      isTold = false;
    } catch (RuntimeException _) {
      miss();
    }
    return true;
  }

  /** Writes what was told, unless that takes too long. */
  @Override
  public void close() {
    queue.end(new Letter.End());
    try {
      if (!strand.join(END)) {
        strand.interrupt();
      }
    } catch (InterruptedException _) {
      strand.interrupt();
      Thread.currentThread().interrupt();
    }
  }
}
