package io.raic.gateway.catalog;

import io.raic.gateway.grid.GridListener;
import io.raic.gateway.schedule.Mailbox;
import io.raic.gateway.schedule.Scheduler;
import io.raic.gateway.schedule.Strand;
import io.raic.gateway.state.Database;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what the grid tells into the catalog: one transaction for all that was told while the last
 * one went on. Whoever stores a file waits until that is durable, but not for longer than its
 * patience, and not at all while the database has just failed or been slow. What cannot be written
 * is {@link #missed}, and added when the file is checked, or the catalog made again.
 *
 * <p>For any number of threads.
 */
public final class Recorder implements GridListener, AutoCloseable {
  /** The longest that an upload or a check waits for the catalog, usually. */
  public static final Duration PATIENCE = Duration.ofMillis(250);

  /** What more is told while so much waits is missed. */
  static final int MAX_WAITING = 4096;

  private static final Duration END = Duration.ofSeconds(5);
  private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);

  private sealed interface Letter {
    record Entry(Observation seen, Mailbox<Boolean> written) implements Letter {}

    record End() implements Letter {}
  }

  private final CatalogWriter writer;
  private final Supplier<String> token;
  private final Duration patience;
  private final Scheduler scheduler;
  private final Mailbox<Letter> queue;
  private final Strand strand;
  private final AtomicLong missed = new AtomicLong();
  private final AtomicBoolean hasDropped = new AtomicBoolean();
  private volatile boolean isSlow;

  /**
   * Starts to write into {@code database}.
   *
   * @param token tells the id of the token that this thread stores a file with; empty if nobody
   *     knows
   * @param patience the longest that an upload or a check waits for the catalog
   */
  public Recorder(
      Database database, Supplier<String> token, Duration patience, Scheduler scheduler) {
    this.writer = new CatalogWriter(database);
    this.token = token;
    this.patience = patience;
    this.scheduler = scheduler;
    this.queue = new Mailbox<>(scheduler, MAX_WAITING);
    this.strand = scheduler.start("catalog", this::run);
  }

  /** Returns how many observations could not be written since the start. */
  public long missed() {
    return missed.get();
  }

  @Override
  public void committed(Committed file) {
    tell(Observation.of(file, file.isNew() ? token.get() : ""), true);
  }

  @Override
  public void settled(Committed file) {
    // The token was told when it was committed; this thread has none.
    tell(Observation.of(file, ""), false);
  }

  @Override
  public void inspected(Inspected file) {
    tell(Observation.of(file), true);
  }

  private void tell(Observation seen, boolean waits) {
    var entry = new Letter.Entry(seen, new Mailbox<>(scheduler, 1));
    try {
      if (!queue.offer(entry, 0)) {
        drop();
      } else if (waits && !isSlow && entry.written().poll(patience.toNanos()).isEmpty()) {
        isSlow = true;
      }
    } catch (InterruptedException _) {
      // It is written all the same, if it was told.
      Thread.currentThread().interrupt();
    }
  }

  /** Said once: from then on the count tells. */
  private void drop() {
    missed.incrementAndGet();
    if (!hasDropped.getAndSet(true)) {
      LOG.warn("the catalog is behind: {} files wait to be noted, others are not", MAX_WAITING);
    }
  }

  private void run() {
    try {
      boolean goesOn = true;
      while (goesOn) {
        var batch = new ArrayList<Letter.Entry>();
        Optional<Letter> next = Optional.of(queue.take());
        while (goesOn && next.isPresent()) {
          switch (next.get()) {
            case Letter.Entry entry -> batch.add(entry);
            case Letter.End _ -> goesOn = false;
          }
          boolean isFull = batch.size() >= CatalogWriter.MAX_BATCH;
          next = isFull ? Optional.empty() : queue.poll(0);
        }
        write(batch);
      }
    } catch (InterruptedException _) {
      // Closed, and the database did not end in time.
    }
  }

  private void write(List<Letter.Entry> batch) {
    boolean isWritten = false;
    try {
      writer.write(batch.stream().map(Letter.Entry::seen).toList());
      isWritten = true;
      isSlow = false;
    } catch (RuntimeException e) {
      isSlow = true;
      missed.addAndGet(batch.size());
      LOG.warn(
          "{} files could not be noted in the catalog: {}", batch.size(), e.getClass().getName());
    }
    for (var entry : batch) {
      entry.written().add(isWritten);
    }
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
