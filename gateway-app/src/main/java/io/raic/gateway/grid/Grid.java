package io.raic.gateway.grid;

import io.raic.cloud.BackendException;
import io.raic.cloud.Deadline;
import io.raic.crypto.capability.StorageIndex;
import io.raic.crypto.capability.VerifyCap;
import io.raic.crypto.hash.MerkleTree;
import io.raic.crypto.share.Geometry;
import io.raic.crypto.share.ShareLayout;
import io.raic.crypto.share.UriExtension;
import io.raic.gateway.schedule.Fanout;
import io.raic.gateway.schedule.Scheduler;
import io.raic.gateway.schedule.Strand;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The clouds as one store of shares: finds, reads and writes them, and keeps the rules of where
 * they may be.
 *
 * <p>For any number of threads.
 */
public final class Grid implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Grid.class);

  /** What other writers of the format use, now and formerly. */
  private static final List<Integer> USUAL_SEGMENT_BYTES = List.of(1 << 20, 128 << 10);

  private final List<Store> stores;
  private final Map<String, Store> byId;
  private final Placement rules;
  private final Limits limits;
  private final List<Integer> segmentSizes;
  private final Tempos tempos;
  private final Reading reading;
  private final Leftovers leftovers;
  private final Scheduler scheduler;
  private final Fanout fanout;
  private final FileLocks locks;
  private final Doubts doubts;
  private final Surveyor surveyor;
  private final Shortfalls shortfalls;
  private final Stragglers stragglers;
  private final Listeners listeners;
  private final InstantSource clock = InstantSource.system();
  private Optional<Strand> sweeping = Optional.empty();

  /**
   * Joins the stores.
   *
   * @param segmentBytes that new files have
   * @param leftoversFile where to remember what failed uploads could not take back; the list of
   *     what is missing of others is beside it
   * @param scheduler what all of it waits by
   */
  public Grid(
      List<Store> stores,
      Placement rules,
      Limits limits,
      int segmentBytes,
      Path leftoversFile,
      Scheduler scheduler)
      throws IOException {
    this(stores, rules, limits, segmentBytes, leftoversFile, scheduler, List.of());
  }

  /**
   * Joins the stores, and tells {@code listeners} what becomes of files.
   *
   * @param segmentBytes that new files have
   * @param leftoversFile where to remember what failed uploads could not take back; the list of
   *     what is missing of others is beside it
   * @param scheduler what all of it waits by
   */
  public Grid(
      List<Store> stores,
      Placement rules,
      Limits limits,
      int segmentBytes,
      Path leftoversFile,
      Scheduler scheduler,
      List<GridListener> listeners)
      throws IOException {
    this.stores = List.copyOf(stores);
    this.byId = stores.stream().collect(Collectors.toMap(Store::id, Function.identity()));
    this.rules = rules;
    this.limits = limits;
    this.segmentSizes = new ArrayList<>(List.of(segmentBytes));
    this.segmentSizes.addAll(USUAL_SEGMENT_BYTES);
    this.tempos = new Tempos(storeIds(), limits.hedge(), scheduler);
    this.reading = Reading.of(stores, segmentSizes, limits, tempos, scheduler);
    this.leftovers = Leftovers.open(leftoversFile);
    this.scheduler = scheduler;
    this.fanout = new Fanout(scheduler);
    this.locks = new FileLocks(scheduler);
    this.doubts = new Doubts(scheduler);
    this.surveyor = new Surveyor(this.stores, limits, tempos, scheduler);
    this.shortfalls = Shortfalls.open(leftoversFile.resolveSibling("shortfalls"), scheduler);
    this.stragglers = new Stragglers(scheduler, limits.grace());
    this.listeners = new Listeners(listeners);
  }

  /**
   * Starts to read a file, or a part of it.
   *
   * @param offset the first byte wanted
   * @param length how many bytes are wanted; none for all that is to be known of the file's blocks,
   *     and no block
   */
  public CloudShares read(VerifyCap cap, long offset, long length) {
    return new CloudShares(cap, offset, length, reading);
  }

  /** Returns what verifies the segments of a file, if it was read lately; nothing is asked. */
  public Optional<FileHead> recentHead(VerifyCap cap) {
    return reading.recent().head(cap);
  }

  /**
   * Opens uploads for all shares of a new file. A store that does not tell what it holds of it is
   * not waited for if the others can make the file safe.
   *
   * @param fresh whether the file's key is random, so that no store can have shares of it
   * @throws UnhappyException if too few stores take one
   */
  public ShareUploads store(
      StorageIndex storageIndex, boolean fresh, Geometry geometry, long shareBytes)
      throws IOException {
    var wanted = IntStream.range(0, rules.total()).boxed().collect(Collectors.toSet());
    var file = locks.take(storageIndex, limits.moving(shareBytes));
    return orGiveBack(
        file,
        () -> {
          var doubtful = fresh ? new Holdings() : doubtful(storageIndex);
          var survey =
              fresh
                  ? surveyor.ofNothing()
                  : surveyor.enough(
                      storageIndex,
                      limits.stall(),
                      s -> allowsSafety(storageIndex, wanted, s, doubtful));
          return begin(
              new UploadPlan(
                  storageIndex,
                  fresh,
                  shareBytes,
                  rules,
                  wanted,
                  byId,
                  homes(storageIndex),
                  preferred(storageIndex, survey),
                  survey.silent(),
                  survey.failures(),
                  survey.holdings(),
                  doubtful,
                  new Holdings(),
                  true,
                  ShareUploads.isKept(geometry, shareBytes)),
              file);
        });
  }

  private ShareUploads begin(UploadPlan plan, FileLocks.Held file) throws IOException {
    return ShareUploads.begin(
        new Shipment(plan, limits, tempos, scheduler), limits, scheduler, file, doubts);
  }

  /** Returns what stores may hold of a file after an upload that was given up. */
  private Holdings doubtful(StorageIndex storageIndex) {
    var doubtful = doubts.of(storageIndex);
    String prefix = ShareAddress.prefix(storageIndex);
    for (var leftover : leftovers.of(storageIndex)) {
      if (byId.containsKey(leftover.store())) {
        ShareAddress.parse(prefix, leftover.key().text())
            .ifPresent(part -> doubtful.add(part.shareNumber(), leftover.store()));
      }
    }
    return doubtful;
  }

  /** Says whether a file can be made safe with the stores that have answered. */
  private boolean allowsSafety(
      StorageIndex storageIndex, Set<Integer> wanted, Survey survey, Holdings doubtful) {
    var planned = new Holdings();
    rules
        .plan(
            wanted,
            homes(storageIndex),
            preferred(storageIndex, survey),
            survey.silent(),
            survey.holdings().and(doubtful))
        .forEach(planned::add);
    return rules.isSafe(planned);
  }

  /**
   * Opens uploads for shares of a file that exists.
   *
   * @param missing the shares to write
   * @param inspection what there is already
   * @throws UnhappyException if no store takes one
   */
  public ShareUploads restore(
      VerifyCap cap, Set<Integer> missing, Inspection inspection, long shareBytes)
      throws IOException {
    var file = locks.take(cap.storageIndex(), limits.moving(shareBytes));
    return orGiveBack(
        file,
        () -> {
          // Somebody may have stored shares since the inspection.
          var survey = survey(cap.storageIndex(), limits.stall());
          return begin(
              new UploadPlan(
                  cap.storageIndex(),
                  false,
                  shareBytes,
                  rules.forFile(cap.needed(), cap.total()),
                  missing,
                  byId,
                  homes(cap.storageIndex()),
                  preferred(cap.storageIndex(), survey),
                  survey.silent(),
                  survey.failures(),
                  survey.holdings(),
                  doubtful(cap.storageIndex()),
                  inspection.good(),
                  false,
                  false),
              file);
        });
  }

  /**
   * Removes the further chunks of shares that were cut in chunks and are whole again: they would be
   * taken for a part of them.
   *
   * @param inspection what there was before
   * @param durable what is whole now
   */
  public void removeChunks(Inspection inspection, Holdings durable) {
    for (var share : inspection.survey().shares()) {
      if (durable.contains(share.shareNumber(), share.store().id())
          && inspection.good().of(share.shareNumber()).isEmpty()) {
        for (var chunk : share.chunks().subList(1, share.chunks().size())) {
          try {
            share.store().backend().delete(chunk.key(), Deadline.in(limits.stall()));
          } catch (BackendException e) {
            LOG.warn("a chunk of a share that is whole now stays: {}", e.getMessage());
          }
        }
      }
    }
  }

  @FunctionalInterface
  private interface Beginning {
    ShareUploads begin() throws IOException;
  }

  private static ShareUploads orGiveBack(FileLocks.Held file, Beginning beginning)
      throws IOException {
    boolean done = false;
    try {
      var begun = beginning.begin();
      done = true;
      return begun;
    } finally {
      if (!done) {
        file.close();
      }
    }
  }

  /**
   * Makes uploaded shares visible; or, if too few stores do so for the file to be safe, takes them
   * back, now or, where a store does not let us, later. What is missing when the file is safe goes
   * on in the background, where it can, and is on a list that is durable on return.
   *
   * @param cap of the file
   * @param memory of the upload; what goes on takes its part of it along
   * @return which shares are durable
   * @throws UnhappyException if the file would not be safe
   */
  public Holdings commit(ShareUploads uploads, VerifyCap cap, TransferBudget.Share memory)
      throws IOException {
    try {
      var durable = uploads.commit(cap);
      // What a failed upload of the same file left is wanted from now on.
      leftovers.forget(cap.storageIndex());
      noteShortfall(uploads.shipment(), cap);
      var committed = uploads.shipment().told(cap, clock.instant());
      goOn(uploads, cap, memory);
      listeners.committed(committed);
      return durable;
    } catch (IOException | RuntimeException e) {
      if (uploads.shipment().plan().mustBeSafe()) {
        takeBack(uploads.shipment(), e);
      }
      throw e;
    }
  }

  private void noteShortfall(Shipment shipment, VerifyCap cap) throws IOException {
    var missing = shipment.missing();
    if (missing.isEmpty()) {
      shortfalls.remove(cap.storageIndex());
    } else if (shipment.plan().mustBeSafe()
        && !shortfalls.add(new Shortfall(cap, missing, shipment.missed(), clock.instant()))) {
      LOG.warn("{}: shares {} are missing, and the list of such files is full", cap, missing);
    }
  }

  /** A share that is kept and has failed has no upload, and is handed over all the same. */
  private void goOn(ShareUploads uploads, VerifyCap cap, TransferBudget.Share memory)
      throws IOException {
    var shipment = uploads.shipment();
    int left = shipment.forgetOthers();
    if (left == 0) {
      if (shipment.missing().isEmpty()) {
        // The last one was stored while it was noted as missing.
        shortfalls.remove(cap.storageIndex());
      }
      return;
    }
    long shareBytes = shipment.plan().shareBytes();
    long each = Math.min(shareBytes, ShareUploads.MOST_WAITING_BYTES) + partBytes(shareBytes);
    var part = memory.split(left * each);
    boolean isStarted = false;
    try {
      stragglers.start(
          new Straggling(
              shipment,
              cap,
              uploads.file(),
              doubts,
              part,
              shortfalls,
              limits,
              scheduler,
              held -> listeners.settled(held.told(cap, clock.instant()))));
      uploads.goOn();
      isStarted = true;
    } finally {
      if (!isStarted) {
        part.close();
      }
    }
  }

  /** Returns the most that a store's driver keeps of a share. */
  private long partBytes(long shareBytes) {
    return stores.stream()
        .mapToLong(store -> store.backend().traits().parts().memoryFor(shareBytes))
        .max()
        .orElse(0);
  }

  /** Returns the files that were acknowledged with fewer shares than all, the oldest first. */
  public List<Shortfall> shortfalls() {
    return shortfalls.list();
  }

  /** Takes a file that was found whole off the list of those that are not. */
  public void isWhole(StorageIndex storageIndex) throws IOException {
    shortfalls.remove(storageIndex);
  }

  /** Takes a file off that list of which so little is left that nothing can mend it. */
  public void giveUp(StorageIndex storageIndex) throws IOException {
    shortfalls.remove(storageIndex);
  }

  /** Says whether shares of a file are being stored, also after the answer, or removed. */
  public boolean isBusy(StorageIndex storageIndex) {
    return locks.isTaken(storageIndex);
  }

  /** An interrupted upload has to take back what it made all the same. */
  private void takeBack(Shipment shipment, Exception failure) {
    boolean interrupted = Thread.interrupted();
    try {
      shipment.abandon();
      boolean ended = shipment.awaitEnd(limits.stall());
      var made = shipment.made();
      leftovers.add(made);
      if (ended) {
        sweeper().takeBack(made, shipment.plan().storageIndex());
      }
    } catch (IOException e) {
      failure.addSuppressed(e);
    } catch (InterruptedException _) {
      interrupted = true;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Removes what failed uploads have left, as far as the stores let us.
   *
   * @return how many objects are still to be removed
   */
  public int sweep() throws IOException {
    return sweeper().sweep();
  }

  private LeftoverSweeper sweeper() {
    return new LeftoverSweeper(this, leftovers, byId, locks, limits, fanout);
  }

  /**
   * Returns the geometry that takes most memory of those a file usually has: the length of its
   * segments is only known once a share of it was read.
   */
  public Geometry usualGeometry(VerifyCap cap) {
    int usual = segmentSizes.stream().mapToInt(Integer::intValue).max().orElseThrow();
    long least = Math.ceilDiv(cap.size(), (long) MerkleTree.MAX_LEAVES);
    int segmentBytes = Math.clamp(Math.max(usual, least), 1, Geometry.MAX_SEGMENT_BYTES);
    return Geometry.of(cap.size(), cap.needed(), cap.total(), segmentBytes);
  }

  /**
   * Returns the most memory that shares on their way to the stores take: what waits for a store,
   * and what its driver keeps to be able to send it again.
   */
  public long uploadMemoryBytes(Geometry geometry) {
    long share = ShareLayout.of(geometry).shareBytes(UriExtension.LIMIT);
    var kept =
        stores.stream()
            .map(store -> store.backend().traits().parts().memoryFor(share))
            .sorted(Comparator.reverseOrder())
            .toList();
    // Spread evenly; those that keep most come first.
    long all = 0;
    for (int i = 0; i < geometry.total(); i++) {
      all += kept.get(i % kept.size());
    }
    return ShareUploads.memoryBytes(geometry) + all;
  }

  /**
   * Looks at every share of a file that a store has.
   *
   * @param everyByte whether to read all of it, rather than what proves that the share is the
   *     file's and says what its blocks must be
   */
  public Inspection inspect(VerifyCap cap, boolean everyByte) throws IOException {
    var since = clock.instant();
    var survey = survey(cap.storageIndex(), limits.step());
    var inspection = new Inspector(cap, reading, fanout).inspect(survey, everyByte);
    listeners.inspected(inspection.told(cap, since, clock.instant(), everyByte));
    return inspection;
  }

  /** Returns what failed uploads have left and could not be removed yet: store and name. */
  public List<String> leftovers() {
    return leftovers.list().stream().map(l -> l.store() + " " + l.key()).toList();
  }

  /** Returns how many requests reads have made beyond those they needed, since the start. */
  public long extraRequests() {
    return reading.extras().taken();
  }

  /** Returns how often a share, or a part of it, was found not to be the file's. */
  public long badShares() {
    return reading.badShares().sum();
  }

  /** Returns what all of it waits by. */
  public Scheduler scheduler() {
    return scheduler;
  }

  /** Returns the rules of where shares may be. */
  public Placement rules() {
    return rules;
  }

  /**
   * Returns where the shares of a new file go while the stores {@code without} take none and the
   * others take all: it depends on the file which of these is its own.
   */
  public List<Holdings> placements(Set<String> without) {
    var ids = storeIds();
    var wanted = IntStream.range(0, rules.total()).boxed().collect(Collectors.toSet());
    var placements = new ArrayList<Holdings>();
    for (int turn = 0; turn < ids.size(); turn++) {
      var turned = new ArrayList<>(ids);
      Collections.rotate(turned, turn);
      var usable = turned.stream().filter(id -> !without.contains(id)).toList();
      var planned = new Holdings();
      rules.plan(wanted, new Homes(turned), usable, without, new Holdings()).forEach(planned::add);
      placements.add(planned);
    }
    return placements;
  }

  /** Returns the ids of all stores. */
  public List<String> storeIds() {
    return stores.stream().map(Store::id).toList();
  }

  /** Asks every store whether it works, and returns what those say that do not, by store. */
  public SortedMap<String, String> probe() {
    var calls =
        stores.stream().<Callable<String>>map(store -> () -> probe(store, limits.stall())).toList();
    var failures = new TreeMap<String, String>();
    try {
      var outcomes = fanout.all(calls, limits.stall());
      for (int i = 0; i < stores.size(); i++) {
        String id = stores.get(i).id();
        switch (outcomes.get(i)) {
          case Fanout.Outcome.Done(var failure) when failure.isEmpty() -> {}
          case Fanout.Outcome.Done(var failure) -> failures.put(id, failure);
          case Fanout.Outcome.Failed(var reason) ->
              failures.put(id, "%s: %s".formatted(id, reason.getMessage()));
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return failures;
  }

  private static String probe(Store store, Duration limit) {
    try {
      store.backend().probe(Deadline.in(limit));
      return "";
    } catch (BackendException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** Starts to {@link #sweep} now and then, until this is closed. */
  public void sweepEvery(Duration pause) {
    sweeping = Optional.of(scheduler.start("sweep", () -> sweepUntilInterrupted(pause)));
  }

  private void sweepUntilInterrupted(Duration pause) {
    try {
      while (true) {
        try {
          int left = sweep();
          if (left > 0) {
            LOG.warn("{} shares of failed uploads could not be removed yet", left);
          }
        } catch (IOException | RuntimeException e) {
          LOG.warn("shares of failed uploads could not be removed: {}", e.getMessage());
        }
        scheduler.sleep(pause);
      }
    } catch (InterruptedException _) {
      // Closed.
    }
  }

  Survey survey(StorageIndex storageIndex, Duration limit) throws IOException {
    return surveyor.whole(storageIndex, limit);
  }

  private Homes homes(StorageIndex storageIndex) {
    return Homes.of(storageIndex, storeIds());
  }

  /** Those that answered, in the order of the file's homes. */
  private List<String> preferred(StorageIndex storageIndex, Survey survey) {
    var responding = Set.copyOf(survey.responding());
    return homes(storageIndex).stores().stream().filter(responding::contains).toList();
  }

  @Override
  public void close() {
    sweeping.ifPresent(Strand::interrupt);
    reading.explorer().close();
    stragglers.close();
    try {
      shortfalls.close();
    } catch (IOException e) {
      LOG.warn("the list of what is missing could not be closed: {}", e.getMessage());
    }
    stores.forEach(store -> store.backend().close());
  }
}
