package io.raic.gateway.grid;

import io.raic.crypto.capability.VerifyCap;
import io.raic.crypto.share.ShareSink;
import io.raic.gateway.schedule.Mailbox;
import io.raic.gateway.schedule.Scheduler;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The uploads of one file's shares, how far they are, and how safe that makes the file. For one
 * thread at a time.
 */
final class Shipment {
  private final UploadPlan plan;
  private final Limits limits;
  private final Tempos tempos;
  private final Scheduler scheduler;
  // Bounded by two changes of state of each upload.
  private final Mailbox<ShareUpload> changes;
  private final List<ShareUpload> uploads = new ArrayList<>();
  private final Map<Integer, KeptShare> kept = new TreeMap<>();
  private Optional<VerifyCap> cap = Optional.empty();

  Shipment(UploadPlan plan, Limits limits, Tempos tempos, Scheduler scheduler) {
    this.plan = plan;
    this.limits = limits;
    this.tempos = tempos;
    this.scheduler = scheduler;
    this.changes = new Mailbox<>(scheduler, Integer.MAX_VALUE);
    if (plan.isKept()) {
      // Also those that no store takes yet: one may when another has failed.
      int length = Math.toIntExact(plan.shareBytes());
      plan.wanted().forEach(share -> kept.put(share, new KeptShare(length)));
    }
  }

  UploadPlan plan() {
    return plan;
  }

  /**
   * Starts an upload for each share wanted that has none, on stores that have not failed, as far as
   * the rules allow; only while shares have not been written, or are kept.
   *
   * @return whether there was one to start
   */
  boolean place() {
    var missing = new TreeSet<>(plan.wanted());
    var usable = new ArrayList<>(plan.usable());
    var held = plan.heldAtMost();
    for (var upload : uploads) {
      int share = upload.target().shareNumber();
      String store = upload.target().store().id();
      if (upload.isFailed()) {
        usable.remove(store);
      } else {
        missing.remove(share);
      }
      if (!upload.isFailed() || mayHaveMade(upload)) {
        held.add(share, store);
      }
    }
    if (missing.isEmpty()) {
      return false;
    }
    var choice = plan.choose(missing, usable, held);
    choice.forEach(this::start);
    return !choice.isEmpty();
  }

  private void start(int share, String storeId) {
    var upload = plan.start(share, storeId, limits, tempos, scheduler, changes::add);
    uploads.add(upload);
    var bytes = kept.get(share);
    if (bytes != null) {
      cap.ifPresent(known -> upload.commit(known, bytes));
    }
  }

  /** Returns what keeps a share; empty if it is not kept. */
  Optional<ShareSink> kept(int share) {
    return Optional.ofNullable(kept.get(share));
  }

  /**
   * Forgets all bytes but those that stores may still need, once no more come.
   *
   * @return of how many shares there still are any
   */
  int forgetOthers() {
    int open = open().size();
    uploads.forEach(ShareUpload::forgetIfFailed);
    kept.keySet().retainAll(missing());
    return Math.max(open, kept.size());
  }

  /** Lets all stores make their shares durable. */
  void commit(VerifyCap cap) {
    this.cap = Optional.of(cap);
    for (var upload : live()) {
      var bytes = kept.get(upload.target().shareNumber());
      if (bytes == null) {
        upload.commit(cap);
      } else {
        upload.commit(cap, bytes);
      }
    }
  }

  List<ShareUpload> live() {
    return uploads.stream().filter(upload -> !upload.isFailed()).toList();
  }

  /** Returns those that have not ended. */
  List<ShareUpload> open() {
    return uploads.stream().filter(upload -> !upload.state().isFinal()).toList();
  }

  /** Returns those whose stores have not answered at all. */
  List<ShareUpload> beginning() {
    return uploads.stream().filter(ShareUpload::isBeginning).toList();
  }

  List<ShareUpload> committed() {
    return uploads.stream().filter(ShareUpload::isCommitted).toList();
  }

  /** Returns what stores hold when {@code done} are durable. */
  Holdings holdings(List<ShareUpload> done) {
    return holdings(done, plan.good());
  }

  private static Holdings holdings(List<ShareUpload> done, Holdings before) {
    var holdings = Holdings.copyOf(before);
    done.forEach(u -> holdings.add(u.target().shareNumber(), u.target().store().id()));
    return holdings;
  }

  /** Returns what is durable now, for those who listen. */
  GridListener.Committed told(VerifyCap cap, Instant now) {
    var done = committed();
    return new GridListener.Committed(
        cap,
        plan.mustBeSafe(),
        holdings(done),
        holdings(done, new Holdings()),
        missing(),
        plan.shareBytes(),
        now);
  }

  /** Says whether the file is safe with {@code done} alone; never if it is not to be made safe. */
  boolean isSafe(List<ShareUpload> done) {
    return plan.mustBeSafe() && plan.enough(holdings(done));
  }

  void requireEnough() throws UnhappyException {
    var live = live();
    var hoped = holdings(live);
    if (!plan.enough(hoped) || live.isEmpty()) {
      throw new UnhappyException(
          hoped, plan.rules(), failures(), UploadFailures.outOfSpace(uploads));
    }
  }

  /** Returns the shares that were wanted and are not durable. */
  Set<Integer> missing() {
    var missing = new TreeSet<>(plan.wanted());
    committed().forEach(upload -> missing.remove(upload.target().shareNumber()));
    return missing;
  }

  /** Returns the ids of the stores that are not done, or could not do it. */
  Set<String> missed() {
    var missed =
        uploads.stream()
            .filter(upload -> !upload.isCommitted())
            .map(upload -> upload.target().store().id())
            .collect(Collectors.toCollection(TreeSet::new));
    missed.addAll(plan.silent());
    return missed;
  }

  /** Returns why shares are not on their way any more, or never were. */
  List<String> failures() {
    var failures = new ArrayList<>(plan.unusable());
    failures.addAll(UploadFailures.reasons(uploads));
    return failures;
  }

  /** Returns what was given up so late that stores may make it yet. */
  List<ShareTarget> doubtful() {
    return uploads.stream()
        .filter(u -> u.state() instanceof ShareUpload.State.Failed(_, _, boolean c) && c)
        .map(ShareUpload::target)
        .toList();
  }

  /** Returns what this upload made, and what it may have made without having been told. */
  List<Leftovers.Leftover> made() {
    return uploads.stream()
        .filter(Shipment::mayHaveMade)
        .map(u -> u.target())
        .map(t ->
            new Leftovers.Leftover(t.store().id(), t.key(), plan.fresh(), plan.rules().needed()))
        .toList();
  }

  private static boolean mayHaveMade(ShareUpload upload) {
    return switch (upload.state()) {
      case ShareUpload.State.Committed(boolean created) -> created;
      case ShareUpload.State.Failed(_, _, boolean committing) ->
          committing && !upload.target().existed();
      case ShareUpload.State.Committing _ -> !upload.target().existed();
      case ShareUpload.State.Beginning _, ShareUpload.State.Open _ -> false;
    };
  }

  /** Waits for a change of an upload, at most so long. */
  void await(long nanos) throws InterruptedException {
    var _ = changes.poll(nanos);
  }

  static InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted while storing shares");
  }

  /** Abandons what is not committed. */
  void abandon() {
    uploads.forEach(ShareUpload::close);
  }

  /** Waits until nothing of it goes on any more, and says whether that is so in time. */
  boolean awaitEnd(Duration limit) throws InterruptedException {
    long end = scheduler.nanoTime() + limit.toNanos();
    for (var upload : uploads) {
      if (!upload.awaitEnd(Duration.ofNanos(Math.max(1, end - scheduler.nanoTime())))) {
        return false;
      }
    }
    return true;
  }
}
