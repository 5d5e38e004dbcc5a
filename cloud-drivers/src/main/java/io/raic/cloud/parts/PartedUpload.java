package io.raic.cloud.parts;

import io.raic.cloud.BackendException;
import io.raic.cloud.Deadline;
import io.raic.cloud.ObjectInfo;
import io.raic.cloud.Operation;
import io.raic.cloud.Request;
import io.raic.cloud.Upload;
import java.util.Objects;

/**
 * Gathers what is written into parts, and sends each one when the next one begins.
 *
 * <p>A part is kept whole in memory while it is sent. That costs a buffer, and buys that every
 * request can be repeated, has a length and a checksum before it starts, and is never cut short by
 * a writer that fails. An object of one part is sent at the commit, in one request.
 */
public final class PartedUpload implements Upload {
  private static final byte[] NONE = {};

  private enum State {
    OPEN,
    FAILED,
    OVER
  }

  private final String backend;
  private final long length;
  private final int partBytes;
  private final Deadline deadline;
  private final PartTarget target;
  private byte[] buffer = NONE;
  private int filled;
  private long written;
  private int number;
  private boolean hasSent;
  private volatile long sent;
  private State state = State.OPEN;

  /**
   * Begins an upload; nothing is sent yet.
   *
   * @param backend the id of the store
   * @param length of the object
   * @param partBytes of each part but the last one, which may be shorter
   * @param deadline as a duration for each step
   */
  public PartedUpload(
      String backend, long length, int partBytes, Deadline deadline, PartTarget target) {
    if (length < 0 || partBytes < 1) {
      throw new IllegalArgumentException(
          "an object of %d bytes in parts of %d".formatted(length, partBytes));
    }
    this.backend = backend;
    this.length = length;
    this.partBytes = partBytes;
    this.deadline = deadline;
    this.target = target;
  }

  @Override
  public void write(byte[] data, int offset, int count) {
    Objects.checkFromIndexSize(offset, count, data.length);
    requireOpen(Operation.WRITE);
    if (count > length - written) {
      throw new IllegalStateException("more than the %d bytes announced".formatted(length));
    }
    state = State.FAILED;
    target.enter(Operation.WRITE, deadline.next());
    for (int taken = 0; taken < count; ) {
      if (filled == partBytes) {
        hasSent = true;
        target.putPart(part(), deadline.nextFor(filled));
        sent = (long) (number + 1) * partBytes;
        number++;
        filled = 0;
      }
      int some = Math.min(count - taken, partBytes - filled);
      reserve(some);
      System.arraycopy(data, offset + taken, buffer, filled, some);
      filled += some;
      taken += some;
      written += some;
    }
    state = State.OPEN;
  }

  /** Memory follows the bytes that come, so that a lie about the length costs nothing. */
  private void reserve(int more) {
    if (filled + more > buffer.length) {
      long doubled = Math.max(2L * buffer.length, filled + more);
      long most = Math.min(partBytes, length - (long) number * partBytes);
      var larger = new byte[(int) Math.min(most, doubled)];
      System.arraycopy(buffer, 0, larger, 0, filled);
      buffer = larger;
    }
  }

  private PartTarget.Part part() {
    long offset = (long) number * partBytes;
    return new PartTarget.Part(number, offset, buffer, filled, bytes -> sent = offset + bytes);
  }

  @Override
  public long sentBytes() {
    return sent;
  }

  @Override
  public ObjectInfo commit() {
    requireOpen(Operation.COMMIT);
    if (written != length) {
      close();
      throw new IllegalStateException(
          "%d of the %d bytes announced were written".formatted(written, length));
    }
    state = State.FAILED;
    target.enter(Operation.COMMIT, deadline.next());
    hasSent = true;
    var end = deadline.nextFor(filled);
    var info = number == 0 ? target.putWhole(part(), end) : target.complete(part(), end);
    sent = length;
    state = State.OVER;
    buffer = NONE;
    return info;
  }

  @Override
  public void close() {
    if (state != State.OVER) {
      state = State.OVER;
      buffer = NONE;
      if (hasSent) {
        target.abandon();
      }
    }
  }

  private void requireOpen(Operation operation) {
    switch (state) {
      case OPEN -> {}
      case FAILED ->
          throw new BackendException.Unavailable(
              Request.of(backend, operation), "the upload has failed");
      case OVER -> throw new IllegalStateException("the upload is over");
    }
  }
}
