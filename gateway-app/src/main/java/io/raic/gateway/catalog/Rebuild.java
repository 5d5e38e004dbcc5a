package io.raic.gateway.catalog;

import io.raic.crypto.capability.StorageIndex;
import io.raic.crypto.capability.VerifyCap;
import io.raic.gateway.grid.AllFiles;
import io.raic.gateway.grid.Store;
import io.raic.gateway.schedule.Scheduler;
import io.raic.gateway.state.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Makes the catalog again from what the stores list, also beside gateways that write it: adds files
 * that it does not have, reading a share of each, and notes where shares are and where they are not
 * any more. Of files that it has, token and times stay. Begun again after it was interrupted, it
 * lists everything again, and reads only what it has not read. Shares of a file that it does not
 * have, too few to rebuild it, are what a failed upload has left, and not added.
 *
 * <p>Memory: a few pages of each store, and {@value #BATCH} files. For one thread.
 */
public final class Rebuild {
  /** Files that are written at once; uploads of a gateway wait for that. */
  private static final int BATCH = 200;

  /** The clocks of gateways that share the database differ by less. */
  private static final Duration CLOCKS = Duration.ofMinutes(2);

  /** How often a batch is written at most: others may keep the database longer than it waits. */
  static final int ATTEMPTS = 3;

  private final Catalog catalog;
  private final CatalogWriter writer;
  private final List<Store> stores;
  private final Duration step;
  private final Scheduler scheduler;
  private final InstantSource clock;

  /**
   * What was done.
   *
   * @param objects that the stores listed
   * @param files that have a share anywhere
   * @param added how many of them were not in the catalog, and are
   * @param unread how many of them are still not, because no share of them was read
   * @param leftovers how many of them are still not, because too few shares of them are there
   * @param gone files of the catalog that no store lists
   * @param failures why stores did not list everything, by store; what they have is as it was
   * @param nanos how long it took
   */
  public record Outcome(
      long objects,
      long files,
      long added,
      long unread,
      long leftovers,
      long gone,
      Map<String, String> failures,
      long nanos) {
    /** Copies the map. */
    public Outcome {
      failures = Map.copyOf(failures);
    }
  }

  /**
   * Prepares it.
   *
   * @param stores all there are: what another one has is taken for gone
   * @param step the longest that a store may take for a page or a read
   */
  public Rebuild(
      Database database,
      List<Store> stores,
      Duration step,
      Scheduler scheduler,
      InstantSource clock) {
    this.catalog = new Catalog(database);
    this.writer = new CatalogWriter(database);
    this.stores = List.copyOf(stores);
    this.step = step;
    this.scheduler = scheduler;
    this.clock = clock;
  }

  /** Counts while it goes on. */
  private static final class Tally {
    private long files;
    private long added;
    private long unread;
    private long leftovers;
    private long gone;
  }

  /**
   * Does it.
   *
   * @param reads whether shares of files that are not in the catalog are read; else these are left
   *     out
   * @param progress told how many objects more were listed
   * @throws InterruptedException if interrupted; what was written stays
   */
  public Outcome run(boolean reads, LongConsumer progress) throws InterruptedException {
    long start = scheduler.nanoTime();
    var since = clock.instant().minus(CLOCKS);
    var tally = new Tally();
    try (var listing = AllFiles.open(stores, step, scheduler)) {
      long told = 0;
      boolean goesOn = true;
      while (goesOn) {
        var batch = batch(listing);
        goesOn = batch.size() == BATCH;
        tally.files += batch.size();
        note(listing, batch, reads, since, tally);
        progress.accept(listing.objects() - told);
        told = listing.objects();
      }
      noteGone(listing.failures().keySet(), since, tally);
      return new Outcome(
          listing.objects(),
          tally.files,
          tally.added,
          tally.unread,
          tally.leftovers,
          tally.gone,
          listing.failures(),
          scheduler.nanoTime() - start);
    }
  }

  private static List<AllFiles.ListedFile> batch(AllFiles listing) throws InterruptedException {
    var batch = new ArrayList<AllFiles.ListedFile>();
    while (batch.size() < BATCH) {
      var next = listing.next();
      if (next.isEmpty()) {
        break;
      }
      batch.add(next.get());
    }
    return batch;
  }

  private void note(
      AllFiles listing, List<AllFiles.ListedFile> batch, boolean reads, Instant since, Tally tally)
      throws InterruptedException {
    var silent = Set.copyOf(listing.failures().keySet());
    var known =
        new HashSet<>(
            catalog.known(batch.stream().map(file -> file.storageIndex().text()).toList()));
    var observations = new ArrayList<Observation>();
    var unknown = new ArrayList<AllFiles.ListedFile>();
    for (var file : batch) {
      if (known.contains(file.storageIndex().text())) {
        observations.add(observation(file, Optional.empty(), since, silent));
      } else {
        unknown.add(file);
      }
    }
    if (reads) {
      var caps = listing.verifyCaps(unknown);
      for (int i = 0; i < unknown.size(); i++) {
        if (caps.get(i).isEmpty()) {
          tally.unread++;
        } else if (silent.isEmpty() && isLeftover(unknown.get(i), caps.get(i).get())) {
          tally.leftovers++;
        } else {
          tally.added++;
          observations.add(observation(unknown.get(i), caps.get(i), since, silent));
        }
      }
    } else {
      tally.unread += unknown.size();
    }
    repeated(() -> writer.write(observations));
  }

  private static boolean isLeftover(AllFiles.ListedFile file, VerifyCap cap) {
    long shares =
        file.shares().stream()
            .mapToInt(share -> share.share())
            .filter(share -> share < cap.total())
            .distinct()
            .count();
    return shares < cap.needed();
  }

  /** Does {@code write} until it succeeds, at most {@value #ATTEMPTS} times. */
  static void repeated(Runnable write) {
    int left = ATTEMPTS;
    while (left > 0) {
      left--;
      try {
        write.run();
        return;
      } catch (DataAccessException | TransactionException e) {
        if (left == 0) {
          throw e;
        }
      }
    }
  }

  private Observation observation(
      AllFiles.ListedFile file, Optional<VerifyCap> cap, Instant since, Set<String> silent) {
    var seen =
        file.shares().stream()
            .map(share ->
                new Observation.Seen(
                    share.share(), share.store(), share.bytes(), ShareResult.LISTED, false))
            .toList();
    return new Observation(
        file.storageIndex(),
        cap,
        new Observation.Way.Listed(),
        since,
        clock.instant(),
        silent,
        seen);
  }

  /** A file is lost only as far as all stores that had shares of it have listed everything. */
  private void noteGone(Set<String> silent, Instant since, Tally tally) {
    Optional<StorageIndex> after = Optional.empty();
    while (true) {
      var page = catalog.unseenSince(since, after, BATCH);
      if (page.isEmpty()) {
        return;
      }
      tally.gone += page.size();
      var gone =
          page.stream()
              .map(index ->
                  new Observation(
                      index,
                      Optional.empty(),
                      new Observation.Way.Listed(),
                      since,
                      clock.instant(),
                      silent,
                      List.of()))
              .toList();
      repeated(() -> writer.write(gone));
      after = Optional.of(page.getLast());
    }
  }
}
