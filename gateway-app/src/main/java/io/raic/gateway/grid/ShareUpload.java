package io.raic.gateway.grid;

import io.raic.cloud.BackendException;
import io.raic.cloud.Deadline;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Precondition;
import io.raic.cloud.Upload;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * One share on its way to one store: a thread of its own pushes what the encoder hands over, so
 * that a slow store holds up the others only as long as {@link Limits#stall}.
 *
 * <p>Memory: {@link #QUEUE_CHUNKS} + 1 of what is handed over. {@link #write}, {@link #commit} and
 * {@link #close} are for one thread.
 */
final class ShareUpload implements AutoCloseable {
  static final int QUEUE_CHUNKS = 2;

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
  }

  private final int shareNumber;
  private final Store store;
  private final ObjectKey key;
  private final long length;
  private final boolean existed;
  private final Limits limits;
  private final Consumer<ShareUpload> changed;
  private final BlockingQueue<byte[]> queue = new ArrayBlockingQueue<>(QUEUE_CHUNKS);
  private final AtomicReference<State> state = new AtomicReference<>(new State.Beginning());
  private volatile boolean committing;
  private final Thread thread;

  /**
   * Starts an upload of {@code length} bytes.
   *
   * @param existed whether the store has the share already, to be replaced
   * @param changed told by the upload's thread when the state has changed
   */
  ShareUpload(
      int shareNumber,
      Store store,
      ObjectKey key,
      long length,
      boolean existed,
      Limits limits,
      Consumer<ShareUpload> changed) {
    this.shareNumber = shareNumber;
    this.store = store;
    this.key = key;
    this.length = length;
    this.existed = existed;
    this.limits = limits;
    this.changed = changed;
    this.thread = Fanout.start("share-upload", this::run);
  }

  private void run() {
    try (var upload = begin()) {
      if (!become(new State.Open())) {
        return;
      }
      for (byte[] chunk = queue.take(); chunk.length > 0; chunk = queue.take()) {
        upload.write(chunk, 0, chunk.length);
      }
      become(new State.Committed(commit(upload)));
    } catch (BackendException.OutOfSpace e) {
      become(new State.Failed(String.valueOf(e.getMessage()), true, committing));
    } catch (BackendException e) {
      become(new State.Failed(String.valueOf(e.getMessage()), false, committing));
    } catch (InterruptedException _) {
      fail("abandoned");
    } catch (RuntimeException e) {
      fail(e.getClass().getSimpleName());
    }
  }

  private Upload begin() {
    boolean createOnly = !existed && store.backend().traits().createOnly();
    return store
        .backend()
        .begin(
            key,
            length,
            createOnly ? Precondition.absent() : Precondition.none(),
            Deadline.in(limits.step()));
  }

  /** Commits and says whether this upload made the object. */
  private boolean commit(Upload upload) {
    try {
      upload.commit();
      return !existed;
    } catch (BackendException.PreconditionFailed e) {
      // Somebody stored the same share in the meantime: a share is a function of its name.
      if (store
          .backend()
          .stat(key, Deadline.in(limits.step()))
          .filter(info -> info.size() == length)
          .isEmpty()) {
        throw e;
      }
      return false;
    }
  }

  /** Changes the state unless it is final, and says whether it did. */
  private boolean become(State next) {
    var before =
        state.getAndUpdate(
            now -> now instanceof State.Failed || now instanceof State.Committed ? now : next);
    boolean did = !(before instanceof State.Failed || before instanceof State.Committed);
    if (did) {
      changed.accept(this);
    }
    return did;
  }

  /** Gives the share up; does nothing if it is committed. */
  void fail(String reason) {
    if (become(new State.Failed("%s: %s".formatted(store.id(), reason), false, committing))) {
      thread.interrupt();
    }
  }

  int shareNumber() {
    return shareNumber;
  }

  Store store() {
    return store;
  }

  ObjectKey key() {
    return key;
  }

  State state() {
    return state.get();
  }

  boolean isFailed() {
    return state() instanceof State.Failed;
  }

  boolean isSettled() {
    return isFailed() || state() instanceof State.Committed;
  }

  /**
   * Takes a copy of the next bytes; drops them if the share has failed.
   *
   * @throws InterruptedException if interrupted while the store was too slow
   */
  void write(byte[] data, int offset, int count) throws InterruptedException {
    if (!isFailed() && count > 0) {
      put(Arrays.copyOfRange(data, offset, offset + count));
    }
  }

  /** Lets the store make the share durable and visible; the result shows as the state. */
  void commit() throws InterruptedException {
    committing = true;
    put(END);
  }

  private void put(byte[] chunk) throws InterruptedException {
    Duration stall = limits.stall();
    if (!queue.offer(chunk, stall.toNanos(), TimeUnit.NANOSECONDS)) {
      fail("took no data for %d ms".formatted(stall.toMillis()));
    }
  }

  /** Abandons the share if it is not committed. */
  @Override
  public void close() {
    fail("abandoned");
  }
}
