package io.raic.cloud.resilience;

import io.raic.cloud.BackendException;
import io.raic.cloud.Deadline;
import io.raic.cloud.ObjectInfo;
import io.raic.cloud.Operation;
import io.raic.cloud.Request;
import io.raic.cloud.Upload;
import java.util.function.Supplier;

/** An upload that holds its connection, and the room it was given, until it is over. */
final class GuardedUpload implements Upload {
  private final Guard guard;
  private final Asking asking;
  private final Passage passage;
  private final Upload upload;
  private final long length;
  private final int bufferBytes;
  private final Deadline deadline;
  private boolean hasFailed;
  private boolean isSettled;
  private long written;
  private volatile long heldBackNanos;
  private volatile long waitsSinceNanos;
  private volatile boolean isWaiting;

  GuardedUpload(
      Guard guard,
      Asking asking,
      Passage passage,
      Upload upload,
      long length,
      int bufferBytes,
      Deadline deadline) {
    this.guard = guard;
    this.asking = asking;
    this.passage = passage;
    this.upload = upload;
    this.length = length;
    this.bufferBytes = bufferBytes;
    this.deadline = deadline;
  }

  @Override
  public void write(byte[] data, int offset, int count) {
    int done = 0;
    do {
      int from = offset + done;
      int piece = guard.pacer().piece(count - done);
      step(
          Operation.WRITE,
          () -> {
            hold(Operation.WRITE, piece, parts(piece));
            // A driver may send what it kept along with this.
            return ask(
                Operation.WRITE,
                (long) piece + bufferBytes,
                () -> {
                  upload.write(data, from, piece);
                  return piece;
                });
          });
      guard.meter().wrote(piece);
      written += piece;
      done += piece;
    } while (done < count);
  }

  /** Returns how many parts are complete with the next bytes: each is a request. */
  private long parts(int next) {
    return isParted() ? (written + next) / bufferBytes - written / bufferBytes : 0;
  }

  private boolean isParted() {
    return bufferBytes > 0 && length > bufferBytes;
  }

  /** Waits until so much may pass. */
  private void hold(Operation operation, int bytes, long requests) {
    waitsSinceNanos = System.nanoTime();
    isWaiting = true;
    try {
      guard.pace(operation, bytes, requests, deadline.next());
    } finally {
      long before = heldBackNanos;
      heldBackNanos = before + System.nanoTime() - waitsSinceNanos;
      isWaiting = false;
    }
  }

  @Override
  public long heldBackNanos() {
    long before = heldBackNanos + upload.heldBackNanos();
    return isWaiting ? before + System.nanoTime() - waitsSinceNanos : before;
  }

  @Override
  public long sentBytes() {
    return upload.sentBytes();
  }

  @Override
  public ObjectInfo commit() {
    boolean mayBeThere = false;
    try {
      var info = step(Operation.COMMIT, this::makeDurable);
      mayBeThere = true;
      return info;
    } catch (BackendException.Unavailable e) {
      mayBeThere = true;
      throw e;
    } finally {
      settle(mayBeThere);
      passage.close();
    }
  }

  private ObjectInfo makeDurable() {
    hold(Operation.COMMIT, 0, isParted() ? 1 : 0);
    return ask(Operation.COMMIT, length, upload::commit);
  }

  private <T> T ask(Operation operation, long bytes, Supplier<T> call) {
    return asking.ask(passage, operation, deadline.nextFor(bytes), upload::sentBytes, call);
  }

  private <T> T step(Operation operation, Supplier<T> step) {
    if (hasFailed) {
      throw new BackendException.Unavailable(
          Request.of(guard.id(), operation), "the upload has failed");
    }
    try {
      return step.get();
    } catch (BackendException e) {
      hasFailed = true;
      throw e;
    }
  }

  private void settle(boolean isStored) {
    if (!isSettled) {
      isSettled = true;
      if (isStored) {
        guard.bytes().store(length);
      } else {
        guard.bytes().release(length);
      }
    }
  }

  @Override
  public void close() {
    try {
      settle(false);
      upload.close();
    } finally {
      passage.close();
    }
  }
}
