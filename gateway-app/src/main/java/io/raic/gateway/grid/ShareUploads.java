package io.raic.gateway.grid;

import io.raic.crypto.capability.VerifyCap;
import io.raic.crypto.share.Geometry;
import io.raic.crypto.share.ShareSink;
import io.raic.gateway.schedule.Mailbox;
import io.raic.gateway.schedule.Scheduler;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Shares of one file on their way to the stores, all at once: bytes into the {@link #sinks}, then
 * {@link Grid#commit}; nothing is visible before that.
 *
 * <p>A store that fails before the first byte has its share moved to another one; one that fails
 * later, or is much slower than the others, is dropped, as long as what is left is enough. For one
 * thread at a time.
 */
public final class ShareUploads implements AutoCloseable {
  /** A store that takes so many times as long as others is dropped. */
  private static final int TOO_SLOW = 4;

  private final UploadPlan plan;
  private final Limits limits;
  private final Scheduler scheduler;
  private final FileLocks.Held file;
  // Bounded by two changes of state of each upload.
  private final Mailbox<ShareUpload> changes;
  private final List<ShareUpload> uploads = new ArrayList<>();
  private final Set<ShareUpload> failuresSeen = new HashSet<>();

  private ShareUploads(UploadPlan plan, Limits limits, Scheduler scheduler, FileLocks.Held file) {
    this.plan = plan;
    this.limits = limits;
    this.scheduler = scheduler;
    this.changes = new Mailbox<>(scheduler, Integer.MAX_VALUE);
    this.file = file;
  }

  /**
   * Finds a store for each share wanted and opens all uploads.
   *
   * @param file given back when this is closed
   * @throws UnhappyException if too few stores take one
   */
  static ShareUploads begin(
      UploadPlan plan, Limits limits, Scheduler scheduler, FileLocks.Held file) throws IOException {
    var begun = new ShareUploads(plan, limits, scheduler, file);
    boolean done = false;
    try {
      begun.beginAll();
      done = true;
      return begun;
    } finally {
      if (!done) {
        begun.close();
      }
    }
  }

  private void beginAll() throws IOException {
    var usable = new ArrayList<>(plan.usable());
    while (true) {
      var missing = new TreeSet<>(plan.wanted());
      var held = Holdings.copyOf(plan.held());
      for (var upload : live()) {
        missing.remove(upload.target().shareNumber());
        held.add(upload.target().shareNumber(), upload.target().store().id());
      }
      var choice = plan.choose(missing, usable, held);
      if (choice.isEmpty()) {
        break;
      }
      choice.forEach(
          (share, store) -> uploads.add(plan.start(share, store, limits, scheduler, changes::add)));
      awaitBeginnings();
      uploads.stream()
          .filter(ShareUploads::isBeginning)
          .forEach(u -> u.fail("did not begin within %d ms".formatted(limits.stall().toMillis())));
      uploads.stream()
          .filter(ShareUpload::isFailed)
          .forEach(upload -> usable.remove(upload.target().store().id()));
    }
    requireEnough();
  }

  private static boolean isBeginning(ShareUpload upload) {
    return upload.state() instanceof ShareUpload.State.Beginning;
  }

  private List<ShareUpload> live() {
    return uploads.stream().filter(upload -> !upload.isFailed()).toList();
  }

  UploadPlan plan() {
    return plan;
  }

  /** Returns the most memory that chunks take that wait for stores. */
  static long memoryBytes(Geometry geometry) {
    long chunk =
        Math.min(
            ShareUpload.MAX_CHUNK_BYTES, Math.max(geometry.blockBytes(0), geometry.treeBytes()));
    return (ShareUpload.QUEUE_CHUNKS + 1) * chunk * geometry.total();
  }

  /** Returns what takes the bytes of each share, in the order of share numbers. */
  public List<ShareSink> sinks() {
    return IntStream.range(0, plan.rules().total()).mapToObj(this::sink).toList();
  }

  private ShareSink sink(int share) {
    return live().stream()
        .filter(upload -> upload.target().shareNumber() == share)
        .findFirst()
        .map(this::sink)
        .orElse(ShareSink.NOWHERE);
  }

  private ShareSink sink(ShareUpload upload) {
    return (data, offset, length) -> {
      try {
        upload.write(data, offset, length, () -> dropIfTooSlow(upload));
      } catch (InterruptedException _) {
        throw interrupted();
      }
      dropIfTooSlow(upload);
      if (upload.isFailed() && failuresSeen.add(upload)) {
        requireEnough();
      }
    };
  }

  /**
   * Drops one that has cost much waiting and takes much longer than the others, if the file is safe
   * without it; a repair waits for every share.
   */
  private void dropIfTooSlow(ShareUpload upload) {
    var others = live().stream().filter(u -> !u.equals(upload)).toList();
    if (plan.mustBeSafe()
        && !upload.isFailed()
        && upload.waitedNanos() > limits.stall().toNanos()
        && isTooSlow(upload, others)
        && plan.enough(holdings(others))) {
      upload.fail("is much slower than the others");
    }
  }

  private boolean isTooSlow(ShareUpload upload, List<ShareUpload> others) {
    if (others.isEmpty()) {
      return false;
    }
    long usual = others.stream().mapToLong(ShareUpload::busyNanos).sum() / others.size();
    return upload.busyNanos() > limits.stall().toNanos() + TOO_SLOW * usual;
  }

  /**
   * Makes the shares durable and visible. Returns once all stores have answered; those that stand
   * still are given up, and, if the others make the file safe, soon, and those that are too slow.
   *
   * @return which shares are durable, those included that were before
   * @throws UnhappyException if that is not enough; what this upload {@link #made} must go
   */
  Holdings commit(VerifyCap cap) throws IOException {
    try {
      for (var upload : live()) {
        upload.commit(cap, () -> dropIfTooSlow(upload));
      }
    } catch (InterruptedException _) {
      throw interrupted();
    }
    awaitCommits();
    requireEnough();
    return holdings(committed());
  }

  /** Waits until each upload has ended, which a store that does not answer cannot put off. */
  private void awaitCommits() throws InterruptedIOException {
    for (var open = open(); !open.isEmpty(); open = open()) {
      poll(limits.tickNanos());
      boolean isEnough = plan.mustBeSafe() && plan.enough(holdings(committed()));
      for (var upload : open) {
        if (upload.standsStill(isEnough ? limits.stall() : limits.step().multipliedBy(2))
            || (isEnough && isTooSlow(upload, committed()))) {
          upload.fail("did not commit in time");
        }
      }
    }
  }

  private List<ShareUpload> open() {
    return uploads.stream().filter(upload -> !upload.state().isFinal()).toList();
  }

  /** Waits until none is beginning any more, at most so long as a store may hold up an upload. */
  private void awaitBeginnings() throws InterruptedIOException {
    long end = scheduler.nanoTime() + limits.stall().toNanos();
    while (uploads.stream().anyMatch(ShareUploads::isBeginning) && scheduler.nanoTime() - end < 0) {
      poll(Math.min(limits.tickNanos(), end - scheduler.nanoTime()));
    }
  }

  /** Waits for a change, or so long. */
  private void poll(long nanos) throws InterruptedIOException {
    try {
      var _ = changes.poll(nanos);
    } catch (InterruptedException _) {
      throw interrupted();
    }
  }

  private static InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted while storing shares");
  }

  private List<ShareUpload> committed() {
    return uploads.stream()
        .filter(upload -> upload.state() instanceof ShareUpload.State.Committed)
        .toList();
  }

  /** Returns what stores hold when {@code done} are durable. */
  private Holdings holdings(List<ShareUpload> done) {
    var holdings = Holdings.copyOf(plan.good());
    done.forEach(u -> holdings.add(u.target().shareNumber(), u.target().store().id()));
    return holdings;
  }

  private void requireEnough() throws UnhappyException {
    var hoped = holdings(live());
    if (!plan.enough(hoped) || live().isEmpty()) {
      throw new UnhappyException(
          hoped, plan.rules(), failures(), UploadFailures.outOfSpace(uploads));
    }
  }

  /** Returns why shares are not on their way any more, or never were. */
  public List<String> failures() {
    var failures = new ArrayList<>(plan.unusable());
    failures.addAll(UploadFailures.reasons(uploads));
    return failures;
  }

  /** Returns what this upload made, and what it may have made without having been told. */
  List<Leftovers.Leftover> made() {
    return uploads.stream()
        .filter(this::mayHaveMade)
        .map(u -> u.target())
        .map(t ->
            new Leftovers.Leftover(t.store().id(), t.key(), plan.fresh(), plan.rules().needed()))
        .toList();
  }

  private boolean mayHaveMade(ShareUpload upload) {
    return switch (upload.state()) {
      case ShareUpload.State.Committed(boolean created) -> created;
      case ShareUpload.State.Failed(_, _, boolean committing) ->
          committing && !upload.target().existed();
      case ShareUpload.State.Beginning _, ShareUpload.State.Open _ -> false;
    };
  }

  /** Abandons what is not committed and waits until it is, and says whether that is so in time. */
  boolean abandon() throws InterruptedException {
    uploads.forEach(ShareUpload::close);
    long end = scheduler.nanoTime() + limits.stall().toNanos();
    for (var upload : uploads) {
      if (!upload.awaitEnd(Duration.ofNanos(Math.max(1, end - scheduler.nanoTime())))) {
        return false;
      }
    }
    return true;
  }

  /** Abandons what is not committed. */
  @Override
  public void close() {
    uploads.forEach(ShareUpload::close);
    file.close();
  }
}
