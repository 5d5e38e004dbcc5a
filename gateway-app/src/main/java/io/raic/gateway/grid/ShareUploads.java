package io.raic.gateway.grid;

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
 * Shares of one file on their way to the stores, all at once: first {@link #begin}, then bytes into
 * the {@link #sinks}, then {@link #commit}; nothing is visible before that.
 *
 * <p>A store that fails before the first byte has its share moved to another one; one that fails
 * later is dropped, as long as what is left is enough. For one thread at a time.
 */
public final class ShareUploads implements AutoCloseable {
  private final UploadPlan plan;
  private final Limits limits;
  // Bounded by two changes of state of each upload.
  private final BlockingQueue<ShareUpload> changes = new LinkedBlockingQueue<>();
  private final List<ShareUpload> uploads = new ArrayList<>();
  private final Set<ShareUpload> failuresSeen = new HashSet<>();

  UploadPlan plan() {
    return plan;
  }

  private ShareUploads(UploadPlan plan, Limits limits) {
    this.plan = plan;
    this.limits = limits;
  }

  /**
   * Finds a store for each share wanted and opens all uploads.
   *
   * @throws UnhappyException if too few stores take one
   */
  static ShareUploads begin(UploadPlan plan, Limits limits) throws IOException {
    var begun = new ShareUploads(plan, limits);
    try {
      begun.beginAll();
      return begun;
    } catch (IOException | RuntimeException e) {
      begun.close();
      throw e;
    }
  }

  private void beginAll() throws IOException {
    var usable = new ArrayList<>(plan.usable());
    while (true) {
      var missing = new TreeSet<>(plan.wanted());
      var held = Holdings.copyOf(plan.held());
      for (var upload : live()) {
        missing.remove(upload.shareNumber());
        held.add(upload.shareNumber(), upload.store().id());
      }
      var choice = plan.rules().plan(missing, usable, held);
      if (choice.isEmpty()) {
        break;
      }
      choice.forEach((share, store) -> uploads.add(plan.start(share, store, limits, changes::add)));
      await(limits.stall(), () -> uploads.stream().noneMatch(ShareUploads::isBeginning));
      uploads.stream()
          .filter(ShareUploads::isBeginning)
          .forEach(u -> u.fail("did not begin within %d ms".formatted(limits.stall().toMillis())));
      uploads.stream().filter(ShareUpload::isFailed).forEach(u -> usable.remove(u.store().id()));
    }
    requireEnough();
  }

  private static boolean isBeginning(ShareUpload upload) {
    return upload.state() instanceof ShareUpload.State.Beginning;
  }

  private List<ShareUpload> live() {
    return uploads.stream().filter(upload -> !upload.isFailed()).toList();
  }

  /** Returns what takes the bytes of each share, in the order of share numbers. */
  public List<ShareSink> sinks() {
    return IntStream.range(0, plan.rules().total()).mapToObj(this::sink).toList();
  }

  private ShareSink sink(int share) {
    return live().stream()
        .filter(upload -> upload.shareNumber() == share)
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
      if (upload.isFailed() && failuresSeen.add(upload)) {
        requireEnough();
      }
    };
  }

  /**
   * Makes the shares durable and visible. Returns once all stores have answered, or enough have and
   * the others took longer than {@link Limits#stall}.
   *
   * @return which shares are durable, those included that were before
   * @throws UnhappyException if that is not enough; what this upload {@link #made} must go
   */
  Holdings commit() throws IOException {
    try {
      for (var upload : live()) {
        upload.commit();
      }
    } catch (InterruptedException _) {
      throw interrupted();
    }
    Duration limit = limits.step().multipliedBy(2);
    long graceEnd = System.nanoTime() + limits.stall().toNanos();
    await(
        limit,
        () ->
            uploads.stream().allMatch(ShareUpload::isSettled)
                || (System.nanoTime() - graceEnd >= 0 && plan.enough(durable())));
    uploads.forEach(upload -> upload.fail("did not commit in time"));
    requireEnough();
    return durable();
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

  /** Returns which shares are durable, those included that were before. */
  Holdings durable() {
    var durable = Holdings.copyOf(plan.good());
    uploads.stream()
        .filter(upload -> upload.state() instanceof ShareUpload.State.Committed)
        .forEach(upload -> durable.add(upload.shareNumber(), upload.store().id()));
    return durable;
  }

  private void requireEnough() throws UnhappyException {
    var hoped = Holdings.copyOf(plan.good());
    live().forEach(upload -> hoped.add(upload.shareNumber(), upload.store().id()));
    if (!plan.enough(hoped)) {
      throw new UnhappyException(
          hoped.distinctShares(),
          plan.rules().total(),
          plan.rules().happy(),
          String.join("; ", failures()),
          outOfSpace());
    }
  }

  private boolean outOfSpace() {
    var failed = uploads.stream().filter(ShareUpload::isFailed).map(ShareUpload::state).toList();
    return plan.unusable().isEmpty()
        && !failed.isEmpty()
        && failed.stream().allMatch(s -> s instanceof ShareUpload.State.Failed f && f.outOfSpace());
  }

  /** Returns why shares are not on their way any more, or never were. */
  public List<String> failures() {
    var failures = new ArrayList<>(plan.unusable());
    for (var upload : uploads) {
      if (upload.state() instanceof ShareUpload.State.Failed(var reason, _, _)) {
        failures.add(reason);
      }
    }
    return failures;
  }

  /** Returns what this upload made, and what it may have made without having been told. */
  List<Leftovers.Leftover> made() {
    return uploads.stream()
        .filter(this::mayHaveMade)
        .map(u -> new Leftovers.Leftover(u.store().id(), u.key(), plan.fresh()))
        .toList();
  }

  private boolean mayHaveMade(ShareUpload upload) {
    return switch (upload.state()) {
      case ShareUpload.State.Committed(boolean created) -> created;
      case ShareUpload.State.Failed(_, _, boolean committing) ->
          committing && !plan.held().contains(upload.shareNumber(), upload.store().id());
      case ShareUpload.State.Beginning _, ShareUpload.State.Open _ -> false;
    };
  }

  /** Abandons what is not committed. */
  @Override
  public void close() {
    uploads.forEach(ShareUpload::close);
  }
}
