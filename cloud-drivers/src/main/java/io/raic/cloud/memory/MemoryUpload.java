package io.raic.cloud.memory;

import io.raic.cloud.BackendException;
import io.raic.cloud.Deadline;
import io.raic.cloud.ObjectInfo;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Operation;
import io.raic.cloud.Precondition;
import io.raic.cloud.Request;
import io.raic.cloud.Upload;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Bytes that become an object at the commit. */
final class MemoryUpload implements Upload {
  /** Memory follows the bytes that come, not the length that was announced. */
  private static final int FIRST_BYTES = 1 << 16;

  private static final byte[] NONE = {};

  private enum State {
    OPEN,
    FAILED,
    OVER
  }

  private final MemoryBackend backend;
  private final ObjectKey key;
  private final int length;
  private final Precondition precondition;
  private final Deadline deadline;
  private final List<Fault> faults;
  private byte[] bytes;
  private volatile int written;
  private State state = State.OPEN;

  MemoryUpload(
      MemoryBackend backend,
      ObjectKey key,
      int length,
      Precondition precondition,
      Deadline deadline,
      List<Fault> faults) {
    this.backend = backend;
    this.key = key;
    this.length = length;
    this.precondition = precondition;
    this.deadline = deadline;
    this.faults = faults;
    this.bytes = new byte[Math.min(length, FIRST_BYTES)];
  }

  @Override
  public void write(byte[] data, int offset, int count) {
    Objects.checkFromIndexSize(offset, count, data.length);
    requireOpen();
    if (count > length - written) {
      throw new IllegalStateException("more than the %d bytes announced".formatted(length));
    }
    state = State.FAILED;
    var step = backend.enter(Operation.WRITE, deadline.next(), faults);
    for (int taken = 0; taken < count; ) {
      int allowed = step.pass(written, count - taken);
      append(step, data, offset + taken, allowed);
      taken += allowed;
    }
    step.leave();
    backend.calls().passed(Operation.WRITE, count);
    state = State.OPEN;
  }

  private void append(Step step, byte[] data, int offset, int count) {
    int at = written;
    if (at + count > bytes.length) {
      long doubled = Math.max(2L * bytes.length, at + count);
      bytes = Arrays.copyOf(bytes, (int) Math.min(length, doubled));
    }
    System.arraycopy(data, offset, bytes, at, count);
    step.flip(bytes, at, count, at);
    written = at + count;
  }

  @Override
  public long sentBytes() {
    return written;
  }

  @Override
  public ObjectInfo commit() {
    requireOpen();
    if (written != length) {
      close();
      throw new IllegalStateException(
          "%d of the %d bytes announced were written".formatted(written, length));
    }
    state = State.FAILED;
    var step = backend.enter(Operation.COMMIT, deadline.next(), List.of());
    var info = backend.objects().store(key, bytes, precondition);
    step.leave();
    close();
    return info;
  }

  @Override
  public void close() {
    state = State.OVER;
    bytes = NONE;
  }

  private void requireOpen() {
    switch (state) {
      case OPEN -> {}
      case FAILED ->
          throw new BackendException.Unavailable(
              Request.of(backend.id(), Operation.WRITE), "the upload has failed");
      case OVER -> throw new IllegalStateException("the upload is over");
    }
  }
}
