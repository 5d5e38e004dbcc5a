package io.raic.gateway.grid;

import io.raic.crypto.capability.VerifyCap;
import io.raic.crypto.share.Geometry;
import io.raic.crypto.share.ShareSink;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
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
  private final FileLocks.Held file;
  // Bounded by two changes of state of each upload.
  private final BlockingQueue<ShareUpload> changes = new LinkedBlockingQueue<>();
  private final List<ShareUpload> uploads = new ArrayList<>();
  private final Set<ShareUpload> failuresSeen = new HashSet<>();

  private ShareUploads(UploadPlan plan, Limits limits, FileLocks.Held file) {
    this.plan = plan;
    this.limits = limits;
    this.file = file;
  }

  /**
   * Finds a store for each share wanted and opens all uploads.
   *
   * @param file given back when this is closed
   * @throws UnhappyException if too few stores take one
   */
  static ShareUploads begin(UploadPlan plan, Limits limits, FileLocks.Held file)
      throws IOException {
    var begun = new ShareUploads(plan, limits, file);
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
      choice.forEach((share, store) -> uploads.add(plan.start(share, store, limits, changes::add)));
      await(limits.stall(), () -> uploads.stream().noneMatch(ShareUploads::isBeginning));
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

  /** Returns the most memory that chunks on their way to all stores take. */
  public static long memoryBytes(Geometry geometry) {
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
        upload.write(data, offset, length);
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
    if (!plan.mustBeSafe()
        || others.isEmpty()
        || upload.waitedNanos() <= limits.stall().toNanos()) {
      return;
    }
    long usual = others.stream().mapToLong(ShareUpload::busyNanos).sum() / others.size();
    if (!upload.isFailed()
        && upload.busyNanos() > limits.stall().toNanos() + TOO_SLOW * usual
        && plan.enough(holdings(others))) {
      upload.fail("is much slower than the others");
    }
  }

  /**
   * Makes the shares durable and visible. Returns once all stores have answered, or those that have
   * make the file safe and the others took longer than {@link Limits#stall}.
   *
   * @return which shares are durable, those included that were before
   * @throws UnhappyException if that is not enough; what this upload {@link #made} must go
   */
  Holdings commit(VerifyCap cap) throws IOException {
    try {
      for (var upload : live()) {
        upload.commit(cap);
      }
    } catch (InterruptedException _) {
      throw interrupted();
    }
    long graceEnd = System.nanoTime() + limits.stall().toNanos();
    await(
        limits.step().multipliedBy(2),
        () ->
            uploads.stream().allMatch(upload -> upload.state().isFinal())
                || (plan.mustBeSafe()
                    && System.nanoTime() - graceEnd >= 0
                    && plan.enough(holdings(committed()))));
    uploads.forEach(upload -> upload.fail("did not commit in time"));
    requireEnough();
    return holdings(committed());
  }

  /** Waits for changes until {@code done}, at most {@code limit}. */
  private void await(Duration limit, Done done) throws InterruptedIOException {
    long end = System.nanoTime() + limit.toNanos();
    long tick = Math.max(1, limits.stall().toNanos() / 4);
    try {
      while (!done.get() && System.nanoTime() - end < 0) {
        changes.poll(Math.min(tick, end - System.nanoTime()), TimeUnit.NANOSECONDS);
      }
    } catch (InterruptedException _) {
      throw interrupted();
    }
  }

  @FunctionalInterface
  private interface Done {
    boolean get();
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
    long end = System.nanoTime() + limits.stall().toNanos();
    for (var upload : uploads) {
      if (!upload.awaitEnd(Duration.ofNanos(Math.max(1, end - System.nanoTime())))) {
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
