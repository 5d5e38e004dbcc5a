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
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One share on its way to one store: a thread of its own pushes what the encoder hands over, so
 * that a slow store does not hold up the others.
 *
 * <p>Memory: {@link #QUEUE_CHUNKS} + 1 of what is handed over, or the {@link KeptShare}. {@link
 * #write}, {@link #commit} and {@link #close} are for one thread at a time.
 */
final class ShareUpload implements AutoCloseable {
  static final int QUEUE_CHUNKS = 1;

  /** What is handed over in one piece is no longer than this. */
  static final int MAX_CHUNK_BYTES = 1 << 20;

  /** An empty chunk, which {@link #write} never queues. */
  private static final Chunk END = new Chunk(new byte[0], 0, false);

  /**
   * What is handed over in one piece.
   *
   * @param bytes begin with it
   * @param length how many they are
   * @param isOurs whether the array can be filled again once the store has taken it
   */
  // An array: nobody compares chunks.
  @SuppressWarnings("ArrayRecordComponent")
  private record Chunk(byte[] bytes, int length, boolean isOurs) {}

  /** How far it is. */
  sealed interface State {
    /** The store has not answered yet. */
    record Beginning() implements State {}

    /** The store takes bytes. */
    record Open() implements State {}

    /** The store has all bytes and is to make them durable. */
    record Committing() implements State {}

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
  private final Tempo tempo;
  private final Consumer<ShareUpload> changed;
  private final Scheduler scheduler;
  private final Movement movement;
  private final long startNanos;
  private final Mailbox<Chunk> queue;

  /** Filled again and again: a new array for each chunk costs more than to copy what goes in. */
  private final Deque<byte[]> spare = new ConcurrentLinkedDeque<>();

  private final AtomicReference<State> state = new AtomicReference<>(new State.Beginning());
  private volatile @Nullable Strand strand;
  private volatile @Nullable VerifyCap committing;
  private long waitedNanos;

  private ShareUpload(
      ShareTarget target,
      Limits limits,
      Tempo tempo,
      Scheduler scheduler,
      Consumer<ShareUpload> changed) {
    this.target = target;
    this.limits = limits;
    this.tempo = tempo;
    this.scheduler = scheduler;
    this.movement = new Movement(scheduler);
    this.startNanos = scheduler.nanoTime();
    this.queue = new Mailbox<>(scheduler, QUEUE_CHUNKS);
    this.changed = changed;
  }

  /**
   * Starts an upload.
   *
   * @param tempo of the store: learns how long it takes
   * @param changed told by the upload's thread when the state has changed
   */
  static ShareUpload start(
      ShareTarget target,
      Limits limits,
      Tempo tempo,
      Scheduler scheduler,
      Consumer<ShareUpload> changed) {
    var upload = new ShareUpload(target, limits, tempo, scheduler, changed);
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
    } catch (BackendException.Unavailable e) {
      if (settleFailed(String.valueOf(e.getMessage()), false)) {
        tempo.missedWriting();
      }
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
      movement.begun(upload);
      if (!become(new State.Open())) {
        return;
      }
      for (var chunk = queue.take(); chunk.length > 0; chunk = queue.take()) {
        var next = chunk;
        movement.step(() -> upload.write(next.bytes, 0, next.length));
        if (next.isOurs) {
          spare.push(next.bytes);
        }
      }
      spare.clear();
      long fed = movement.fed();
      if (!change(_ -> new State.Committing())) {
        return;
      }
      try {
        movement.step(upload::commit);
        if (become(new State.Committed(!target.existed()))) {
          tempo.answered(Tempo.Wait.COMMIT, scheduler.nanoTime() - fed);
        }
      } catch (BackendException.PreconditionFailed _) {
        confirmTheSame();
      }
    }
  }

  /** Takes no bytes, because the store has the share, and looks at that one at the end. */
  private void requireTheSame() throws InterruptedException, IOException {
    if (become(new State.Open())) {
      while (queue.take().length > 0) {
        // They are there already.
      }
      movement.fed();
      confirmTheSame();
    }
  }

  /**
   * Somebody stored the same share in the meantime, or says so: it counts once every byte of it was
   * read, because a store that keeps to itself what it has may have anything.
   */
  private void confirmTheSame() throws IOException {
    var cap = committing;
    if (cap == null) {
      throw new IOException(target.store().id() + ": the share is there before it is complete");
    }
    try (var source = target.source(limits.step(), scheduler)) {
      var reader = ShareReader.open(movement.watching(source), target.shareNumber(), cap);
      var geometry = reader.extension().geometry();
      int last = geometry.segments() - 1;
      long start = reader.layout().data();
      source.stream(start, start + geometry.blockStart(last) + geometry.blockBytes(last));
      reader.verifyAll();
    }
    become(new State.Committed(false));
  }

  /** Changes the state unless it is final, and says whether it did. */
  private boolean change(UnaryOperator<State> next) {
    return !state.getAndUpdate(now -> now.isFinal() ? now : next.apply(now)).isFinal();
  }

  private boolean become(State next) {
    boolean did = change(_ -> next);
    if (did) {
      changed.accept(this);
    }
    return did;
  }

  private boolean settleFailed(String reason, boolean outOfSpace) {
    boolean did =
        change(now -> new State.Failed(reason, outOfSpace, now instanceof State.Committing));
    if (did) {
      changed.accept(this);
    }
    return did;
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

  boolean isBeginning() {
    return state() instanceof State.Beginning;
  }

  boolean isCommitted() {
    return state() instanceof State.Committed;
  }

  /** Returns how fast the store usually is. */
  Tempo tempo() {
    return tempo;
  }

  /** Returns how the store takes what it is given. */
  Movement movement() {
    return movement;
  }

  /** Returns how long ago it was started. */
  long ageNanos() {
    return scheduler.nanoTime() - startNanos;
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
      put(data, offset + done, Math.min(MAX_CHUNK_BYTES, count - done), waiting);
    }
  }

  private Chunk copy(byte[] data, int offset, int count) {
    byte[] bytes = spare.poll();
    if (bytes == null || bytes.length < count) {
      bytes = new byte[count];
    }
    System.arraycopy(data, offset, bytes, 0, count);
    return new Chunk(bytes, count, true);
  }

  /** As {@link #commit(VerifyCap)}, of a share of which nothing was written yet. */
  void commit(VerifyCap cap, KeptShare kept) {
    byte[] share = kept.bytes();
    queue.add(new Chunk(share, share.length, false));
    commit(cap);
  }

  /**
   * Lets the store make the share durable and visible; the result shows as the state.
   *
   * @param cap of the file
   */
  void commit(VerifyCap cap) {
    committing = cap;
    movement.moves();
    queue.end(END);
  }

  /** Forgets the bytes that a failed store has not taken, once no more come. */
  void forgetIfFailed() {
    if (isFailed()) {
      queue.endNow(END);
      spare.clear();
    }
  }

  /** Waits for a store for as long as anything moves, and nobody says that it is too slow. */
  private void put(byte[] data, int offset, int count, Runnable waiting)
      throws InterruptedException {
    var stall = limits.stall();
    long tick = limits.tickNanos();
    movement.moves();
    for (long start = scheduler.nanoTime(); !isFailed(); start = scheduler.nanoTime()) {
      // Copied no sooner than there is room, so that there are not more chunks than said above.
      boolean hasRoom = queue.awaitRoom(tick);
      waitedNanos += scheduler.nanoTime() - start;
      if (hasRoom) {
        queue.add(copy(data, offset, count));
        movement.moves();
        return;
      }
      if (movement.standsStill(stall)) {
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
