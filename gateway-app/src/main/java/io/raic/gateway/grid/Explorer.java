package io.raic.gateway.grid;

import io.raic.cloud.BackendException;
import io.raic.cloud.ByteRange;
import io.raic.cloud.Deadline;
import io.raic.gateway.schedule.Scheduler;
import io.raic.gateway.schedule.Strand;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out whether stores that reads avoid are any better by now: asks one, beside a read and
 * never in its way, for a part of a share that the read could have used. A store that has not
 * answered since it was late or failed is asked soon, any other now and then.
 *
 * <p>One request at a time for each store, out of the {@link ExtraRequests}. For any number of
 * threads.
 */
final class Explorer implements AutoCloseable {
  /** One of so many reads has a store explored that it could do without. */
  static final int READS_BETWEEN = 50;

  /** How much is read: enough to see how fast the bytes come. */
  private static final int BYTES = 64 << 10;

  /** So many bytes after the first ones tell how fast they come. */
  private static final int TELLING_BYTES = 16 << 10;

  private static final int PART_BYTES = 8 << 10;

  /** Whoever takes longer for all of it is not there yet. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Tempos tempos;
  private final ExtraRequests extras;
  private final Scheduler scheduler;
  private final Map<String, Strand> exploring = new HashMap<>();
  private int reads;
  private boolean closed;

  Explorer(Tempos tempos, ExtraRequests extras, Scheduler scheduler) {
    this.tempos = tempos;
    this.extras = extras;
    this.scheduler = scheduler;
  }

  /**
   * Told of each read, with the shares that it does not use at first: one of those may be asked
   * for.
   */
  synchronized void beside(Collection<FoundShare> unused) {
    reads++;
    if (closed) {
      return;
    }
    var idle = unused.stream().filter(share -> !exploring.containsKey(share.store().id())).toList();
    choose(idle).filter(_ -> extras.takeSpare()).ifPresent(this::start);
  }

  private Optional<FoundShare> choose(List<FoundShare> idle) {
    var waiting =
        idle.stream()
            .filter(share -> tempo(share).isOnProbation() && !tempo(share).isSuspect())
            .findFirst();
    if (waiting.isPresent() || reads % READS_BETWEEN != 0) {
      return waiting;
    }
    return idle.stream()
        .filter(share -> !tempo(share).isOnProbation())
        .min(Comparator.comparingLong(share -> tempo(share).heardAt()));
  }

  private Tempo tempo(FoundShare share) {
    return tempos.of(share.store());
  }

  private void start(FoundShare share) {
    extras.made();
    exploring.put(share.store().id(), scheduler.start("explorer", () -> explore(share)));
  }

  private void explore(FoundShare share) {
    var tempo = tempo(share);
    try {
      read(share, tempo);
    } catch (RuntimeException _) {
      // Whatever it was: not an answer.
      tempo.missed();
    } finally {
      ended(share);
    }
  }

  private void read(FoundShare share, Tempo tempo) throws BackendException {
    long asked = scheduler.nanoTime();
    var deadline = Deadline.in(PATIENCE);
    var found = share.store().backend().get(share.key(), new ByteRange(0, BYTES), deadline);
    long opening = scheduler.nanoTime() - asked;
    if (found.isEmpty()) {
      tempo.answered(Tempo.Wait.FIRST_BYTE, opening);
      return;
    }
    try (var download = found.get()) {
      byte[] part = new byte[PART_BYTES];
      int got = download.read(part, 0, part.length);
      long first = scheduler.nanoTime();
      long bytes = 0;
      long took = 0;
      int left = BYTES - got;
      while (got >= 0 && left > 0 && first + took - asked < PATIENCE.toNanos()) {
        got = download.read(part, 0, Math.min(part.length, left));
        bytes += Math.max(0, got);
        left -= got;
        took = scheduler.nanoTime() - first;
      }
      if (bytes >= TELLING_BYTES) {
        tempo.moved(bytes, took);
      }
      if (first + took - asked >= PATIENCE.toNanos()) {
        // Whose first byte comes soon, and the others do not, is no better than before.
        tempo.missed();
      } else {
        tempo.answered(Tempo.Wait.FIRST_BYTE, first - asked);
      }
    }
  }

  private synchronized void ended(FoundShare share) {
    exploring.remove(share.store().id());
  }

  @Override
  public synchronized void close() {
    closed = true;
    exploring.values().forEach(Strand::interrupt);
  }
}
