package io.raic.gateway.grid;

import io.raic.cloud.BackendException;
import io.raic.cloud.Deadline;
import io.raic.cloud.Precondition;
import io.raic.cloud.Upload;
import io.raic.crypto.capability.VerifyCap;
import io.raic.crypto.share.ShareReader;
import io.raic.gateway.schedule.Mailbox;
import io.raic.gateway.schedule.Scheduler;
import io.raic.gateway.schedule.Strand;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One share on its way to one store: a thread of its own pushes what the encoder hands over, so
 * that a slow store does not hold up the others.
 *
 * <p>Memory: {@link #QUEUE_CHUNKS} + 1 of what is handed over. {@link #write}, {@link #commit} and
 * {@link #close} are for one thread.
 */
final class ShareUpload implements AutoCloseable {
  static final int QUEUE_CHUNKS = 2;

  /** What is handed over in one piece is no longer than this. */
  static final int MAX_CHUNK_BYTES = 1 << 20;

  /** An empty chunk, which {@link #write} never queues. */
  private static final byte[] END = {};

  /** How far it is. */
  sealed interface State {
    /** The store has not answered yet. */
    record Beginning() implements State {}

    /** The store takes bytes. */
    record Open() implements State {}

    /**
     * The share is durable.
     *
     * @param created whether this upload made it, rather than finding another's
     */
    record Committed(boolean created) implements State {}

    /**
     * It will not be.
     *
     * @param reason why
     * @param outOfSpace whether the store is full
     * @param committing whether that came so late that the share may be there all the same
     */
    record Failed(String reason, boolean outOfSpace, boolean committing) implements State {}

    /** Says whether it stays so. */
    default boolean isFinal() {
      return this instanceof Committed || this instanceof Failed;
    }
  }

  private final ShareTarget target;
  private final Limits limits;
  private final Consumer<ShareUpload> changed;
  private final Scheduler scheduler;
  private final Mailbox<byte[]> queue;
  private final AtomicReference<State> state = new AtomicReference<>(new State.Beginning());
  private volatile @Nullable Strand strand;
  private volatile @Nullable VerifyCap committing;
  private volatile @Nullable Upload begun;
  private volatile long busyNanos;
  private volatile long stepStartNanos;
  private volatile boolean inStep;
  private long waitedNanos;
  private long movedBefore;
  private long movedNanos;

  private ShareUpload(
      ShareTarget target, Limits limits, Scheduler scheduler, Consumer<ShareUpload> changed) {
    this.target = target;
    this.limits = limits;
    this.scheduler = scheduler;
    this.queue = new Mailbox<>(scheduler, QUEUE_CHUNKS);
    this.movedNanos = scheduler.nanoTime();
    this.changed = changed;
  }

  /**
   * Starts an upload.
   *
   * @param changed told by the upload's thread when the state has changed
   */
  static ShareUpload start(
      ShareTarget target, Limits limits, Scheduler scheduler, Consumer<ShareUpload> changed) {
    var upload = new ShareUpload(target, limits, scheduler, changed);
    upload.strand = scheduler.start("share-upload", upload::run);
    return upload;
  }

  private void run() {
    try {
      var begun = begin();
      if (begun.isPresent()) {
        push(begun.get());
      } else {
        requireTheSame();
      }
    } catch (BackendException.OutOfSpace e) {
      settleFailed(String.valueOf(e.getMessage()), true);
    } catch (BackendException | IOException e) {
      settleFailed(String.valueOf(e.getMessage()), false);
    } catch (InterruptedException _) {
      settleFailed(target.store().id() + ": abandoned", false);
    } catch (RuntimeException e) {
      settleFailed(target.store().id() + ": " + e.getClass().getSimpleName(), false);
    }
  }

  /** Returns the upload; empty if the store has the share already, though it did not list it. */
  private Optional<Upload> begin() {
    boolean createOnly = !target.existed() && target.store().backend().traits().createOnly();
    try {
      return Optional.of(
          target
              .store()
              .backend()
              .begin(
                  target.key(),
                  target.length(),
                  createOnly ? Precondition.absent() : Precondition.none(),
                  Deadline.in(limits.step())));
    } catch (BackendException.PreconditionFailed _) {
      return Optional.empty();
    }
  }

  private void push(Upload upload) throws InterruptedException, IOException {
    try (upload) {
      begun = upload;
      if (!become(new State.Open())) {
        return;
      }
      for (byte[] chunk = queue.take(); chunk.length > 0; chunk = queue.take()) {
        byte[] next = chunk;
        step(() -> upload.write(next, 0, next.length));
      }
      try {
        step(upload::commit);
        become(new State.Committed(!target.existed()));
      } catch (BackendException.PreconditionFailed _) {
        confirmTheSame();
      }
    }
  }

  /** Makes a step of the store, on the clock. */
  private void step(Runnable step) {
    long start = scheduler.nanoTime();
    long before = busyNanos;
    stepStartNanos = start;
    inStep = true;
    try {
      step.run();
    } finally {
      inStep = false;
      busyNanos = before + scheduler.nanoTime() - start;
    }
  }

  /** Takes no bytes, because the store has the share, and looks at that one at the end. */
  private void requireTheSame() throws InterruptedException, IOException {
    if (become(new State.Open())) {
      while (queue.take().length > 0) {
        // They are there already.
      }
      confirmTheSame();
    }
  }

  /** Somebody stored the same share in the meantime, or says so. */
  private void confirmTheSame() throws IOException {
    var cap = committing;
    if (cap == null) {
      throw new IOException(target.store().id() + ": the share is there before it is complete");
    }
    try (var source = target.source(limits.step())) {
      var _ = ShareReader.open(source, target.shareNumber(), cap);
    }
    become(new State.Committed(false));
  }

  /** Changes the state unless it is final, and says whether it did. */
  private boolean become(State next) {
    boolean did = !state.getAndUpdate(now -> now.isFinal() ? now : next).isFinal();
    if (did) {
      changed.accept(this);
    }
    return did;
  }

  private boolean settleFailed(String reason, boolean outOfSpace) {
    return become(new State.Failed(reason, outOfSpace, committing != null));
  }

  /** Gives the share up; does nothing if it is committed. */
  void fail(String reason) {
    var running = strand;
    if (settleFailed("%s: %s".formatted(target.store().id(), reason), false) && running != null) {
      running.interrupt();
    }
  }

  ShareTarget target() {
    return target;
  }

  State state() {
    return state.get();
  }

  boolean isFailed() {
    return state() instanceof State.Failed;
  }

  /**
   * Returns how long the store has taken to take what it was given, up to now. What waited for
   * limits of ours is not its fault.
   */
  long busyNanos() {
    long before = busyNanos;
    long all = inStep ? before + scheduler.nanoTime() - stepStartNanos : before;
    var upload = begun;
    return upload == null ? all : Math.max(0, all - upload.heldBackNanos());
  }

  /**
   * Says whether nothing has gone to the store for {@code limit}, since it was last given some, nor
   * has waited for limits of ours.
   */
  boolean standsStill(Duration limit) {
    var upload = begun;
    long now = scheduler.nanoTime();
    // Changes with each byte and each moment held back.
    long moved = upload == null ? 0 : upload.sentBytes() + upload.heldBackNanos();
    if (moved != movedBefore) {
      movedBefore = moved;
      movedNanos = now;
    }
    return now - movedNanos >= limit.toNanos();
  }

  /** Returns how long the encoder had to wait for this store. */
  long waitedNanos() {
    return waitedNanos;
  }

  /**
   * Takes a copy of the next bytes; drops them if the share has failed.
   *
   * @param waiting run now and then while the store has no room for them; may fail the share
   * @throws InterruptedException if interrupted while the store was too slow
   */
  void write(byte[] data, int offset, int count, Runnable waiting) throws InterruptedException {
    for (int done = 0; done < count && !isFailed(); done += MAX_CHUNK_BYTES) {
      int from = offset + done;
      put(Arrays.copyOfRange(data, from, from + Math.min(MAX_CHUNK_BYTES, count - done)), waiting);
    }
  }

  /**
   * Lets the store make the share durable and visible; the result shows as the state.
   *
   * @param cap of the file
   * @param waiting run now and then while the store has no room
   */
  void commit(VerifyCap cap, Runnable waiting) throws InterruptedException {
    committing = cap;
    put(END, waiting);
  }

  /** Waits for a store for as long as anything moves, and nobody says that it is too slow. */
  private void put(byte[] chunk, Runnable waiting) throws InterruptedException {
    var stall = limits.stall();
    long tick = limits.tickNanos();
    movedNanos = scheduler.nanoTime();
    for (long start = movedNanos; !isFailed(); start = scheduler.nanoTime()) {
      boolean taken = queue.offer(chunk, tick);
      waitedNanos += scheduler.nanoTime() - start;
      if (taken) {
        movedNanos = scheduler.nanoTime();
        return;
      }
      if (standsStill(stall)) {
        fail("took no data for %d ms".formatted(stall.toMillis()));
      }
      waiting.run();
    }
  }

  /** Waits until nothing of it goes on any more, and says whether that is so in time. */
  boolean awaitEnd(Duration limit) throws InterruptedException {
    var running = strand;
    return running == null || running.join(limit);
  }

  /** Abandons the share if it is not committed. */
  @Override
  public void close() {
    fail("abandoned");
  }
}
