package io.raic.gateway.grid;

import io.raic.crypto.capability.VerifyCap;
import io.raic.crypto.share.Geometry;
import io.raic.crypto.share.ShareSink;
import io.raic.gateway.schedule.Scheduler;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Shares of one file on their way to the stores, all at once: bytes into the {@link #sinks}, then
 * {@link Grid#commit}; nothing is visible before that.
 *
 * <p>A share that is short is kept until it is stored: it moves to another store whenever its own
 * fails. A longer one moves only if its store fails before the first byte; one that fails later, or
 * is much slower than the others, or stands still, is dropped, as long as what is left is enough.
 * For one thread at a time.
 */
public final class ShareUploads implements AutoCloseable {
  /** A store that takes so many times as long as others is dropped. */
  private static final int TOO_SLOW = 4;

  /** Shares shorter than this are kept, however short a block is. */
  private static final int KEPT_BYTES = 4 << 10;

  /** No share takes more than this while it waits for its store. */
  static final long MOST_WAITING_BYTES =
      (ShareUpload.QUEUE_CHUNKS + 1) * (long) ShareUpload.MAX_CHUNK_BYTES;

  private final Shipment shipment;
  private final Limits limits;
  private final Scheduler scheduler;
  private final FileLocks.Held file;
  private final Doubts doubts;
  private final Set<ShareUpload> failuresSeen = new HashSet<>();
  private boolean goesOn;

  private ShareUploads(
      Shipment shipment, Limits limits, Scheduler scheduler, FileLocks.Held file, Doubts doubts) {
    this.shipment = shipment;
    this.limits = limits;
    this.scheduler = scheduler;
    this.file = file;
    this.doubts = doubts;
  }

  /**
   * Finds a store for each share wanted and opens all uploads. Stores that have not begun when
   * enough have are fed all the same.
   *
   * @param file given back when this is closed
   * @param doubts told before that what stores may make yet
   * @throws UnhappyException if too few stores take one
   */
  static ShareUploads begin(
      Shipment shipment, Limits limits, Scheduler scheduler, FileLocks.Held file, Doubts doubts)
      throws IOException {
    var begun = new ShareUploads(shipment, limits, scheduler, file, doubts);
    boolean done = false;
    try {
      var _ = shipment.place();
      if (!shipment.plan().isKept() || !shipment.plan().mustBeSafe()) {
        begun.awaitBeginnings();
      }
      begun.requireEnoughOrPlace();
      done = true;
      return begun;
    } finally {
      if (!done) {
        begun.close();
      }
    }
  }

  /** Waits until all have begun, or enough and the others have had their grace. */
  private void awaitBeginnings() throws InterruptedIOException {
    boolean isEnough = false;
    long enoughNanos = 0;
    try {
      while (!shipment.beginning().isEmpty() || shipment.place()) {
        if (!isEnough && shipment.isSafe(begun())) {
          isEnough = true;
          enoughNanos = scheduler.nanoTime();
        }
        if (isEnough) {
          if (scheduler.nanoTime() - enoughNanos >= graceOfBeginning().toNanos()) {
            return;
          }
        } else {
          giveUpSlowBeginnings();
        }
        var _ = shipment.place();
        shipment.await(limits.tickNanos());
        var _ = shipment.place();
      }
    } catch (InterruptedException _) {
      throw Shipment.interrupted();
    }
  }

  /** One that has failed by now may have left its share to another store. */
  private void requireEnoughOrPlace() throws UnhappyException {
    while (true) {
      try {
        shipment.requireEnough();
        return;
      } catch (UnhappyException e) {
        if (!shipment.place()) {
          throw e;
        }
      }
    }
  }

  private void giveUpSlowBeginnings() {
    var stall = limits.stall();
    shipment.beginning().stream()
        .filter(upload -> upload.ageNanos() >= stall.toNanos())
        .forEach(u -> u.fail("did not begin within %d ms".formatted(stall.toMillis())));
  }

  private List<ShareUpload> begun() {
    return shipment.live().stream().filter(upload -> !upload.isBeginning()).toList();
  }

  /** A suspect is only left the time to refuse, so that its share can go elsewhere. */
  private Duration graceOfBeginning() {
    boolean areSuspect = shipment.beginning().stream().allMatch(u -> u.tempo().isSuspectToWrite());
    var grace = limits.grace();
    return areSuspect && grace.compareTo(Tempo.FLOOR) > 0 ? Tempo.FLOOR : grace;
  }

  Shipment shipment() {
    return shipment;
  }

  /** Returns the longest piece in which a share is handed over. */
  private static long chunkBytes(Geometry geometry) {
    return Math.min(
        ShareUpload.MAX_CHUNK_BYTES, Math.max(geometry.blockBytes(0), geometry.treeBytes()));
  }

  /** Returns the most memory that shares of a file take that wait for stores. */
  static long memoryBytes(Geometry geometry) {
    return waitingBytes(geometry) * geometry.total();
  }

  private static long waitingBytes(Geometry geometry) {
    return Math.max(KEPT_BYTES, (ShareUpload.QUEUE_CHUNKS + 1) * chunkBytes(geometry));
  }

  /** Says whether shares of a file are kept: if that takes no more memory than else. */
  static boolean isKept(Geometry geometry, long shareBytes) {
    return shareBytes <= waitingBytes(geometry);
  }

  /** Returns what takes the bytes of each share, in the order of share numbers. */
  public List<ShareSink> sinks() {
    return IntStream.range(0, shipment.plan().rules().total()).mapToObj(this::sink).toList();
  }

  private ShareSink sink(int share) {
    return shipment
        .kept(share)
        .or(() ->
            shipment.live().stream()
                .filter(upload -> upload.target().shareNumber() == share)
                .findFirst()
                .map(this::sink))
        .orElse(ShareSink.NOWHERE);
  }

  private ShareSink sink(ShareUpload upload) {
    return (data, offset, length) -> {
      try {
        upload.write(data, offset, length, () -> dropIfInTheWay(upload));
      } catch (InterruptedException _) {
        throw Shipment.interrupted();
      }
      dropIfTooSlow(upload);
      if (upload.isFailed() && failuresSeen.add(upload)) {
        shipment.requireEnough();
      }
    };
  }

  /** Drops one for which the others wait and to which nothing moves, if the file is safe so. */
  private void dropIfInTheWay(ShareUpload upload) {
    var patience = limits.standing();
    // A suspicion that others raised says little of a store that has taken bytes of this upload.
    if (upload.tempo().isSuspectToWrite() && !upload.movement().hasMoved()) {
      patience = Tempo.FLOOR;
    } else if (upload.isBeginning()) {
      patience = limits.grace();
    }
    if (!upload.isFailed()
        && upload.movement().standsStill(patience)
        && shipment.isSafe(others(upload))) {
      upload.tempo().missedWriting();
      upload.fail("stands still while the others wait");
    }
    dropIfTooSlow(upload);
  }

  private List<ShareUpload> others(ShareUpload upload) {
    return shipment.live().stream().filter(u -> !u.equals(upload)).toList();
  }

  /**
   * Drops one that has cost much waiting and takes much longer than the others, if the file is safe
   * without it; a repair waits for every share.
   */
  private void dropIfTooSlow(ShareUpload upload) {
    if (!upload.isFailed()
        && upload.waitedNanos() > limits.stall().toNanos()
        && isTooSlow(upload, others(upload))
        && shipment.isSafe(others(upload))) {
      upload.fail("is much slower than the others");
    }
  }

  private boolean isTooSlow(ShareUpload upload, List<ShareUpload> others) {
    if (others.isEmpty()) {
      return false;
    }
    long usual =
        others.stream().mapToLong(other -> other.movement().busyNanos()).sum() / others.size();
    return upload.movement().busyNanos() > limits.stall().toNanos() + TOO_SLOW * usual;
  }

  /**
   * Makes the shares durable and visible. Returns once all stores have answered, or, if it is to
   * make the file safe, once the file is and the others have had their grace: they {@link
   * Shipment#open go on}. Stores that stand still are given up.
   *
   * @return which shares are durable, those included that were before
   * @throws UnhappyException if that is not enough; what this upload made must go
   */
  Holdings commit(VerifyCap cap) throws IOException {
    shipment.commit(cap);
    new Acknowledgement(shipment, limits, scheduler).await();
    shipment.requireEnough();
    return shipment.holdings(shipment.committed());
  }

  /** Returns why shares are not on their way any more, or never were. */
  public List<String> failures() {
    return shipment.failures();
  }

  /**
   * Returns the file, taken until this is closed, or by somebody else if it {@link #goOn goes on}.
   */
  FileLocks.Held file() {
    return file;
  }

  /** Leaves it to somebody else to close this: what is open goes on, and the file stays taken. */
  void goOn() {
    goesOn = true;
  }

  /** Abandons what is not committed, unless it {@link #goOn goes on}. */
  @Override
  public void close() {
    if (!goesOn) {
      shipment.abandon();
      var plan = shipment.plan();
      var time = limits.moving(plan.shareBytes());
      doubts.add(plan.storageIndex(), shipment.doubtful(), time);
      file.close();
    }
  }
}
