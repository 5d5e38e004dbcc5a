package io.raic.cloud.local;

import io.raic.cloud.Deadline;
import io.raic.cloud.ObjectInfo;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Operation;
import io.raic.cloud.Precondition;
import io.raic.cloud.Upload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/** A temporary file that becomes the object by being renamed. */
final class LocalUpload implements Upload {
  private enum State {
    OPEN,
    FAILED,
    OVER
  }

  private final LocalBackend backend;
  private final ObjectKey key;
  private final long length;
  private final Precondition precondition;
  private final Deadline deadline;
  private final Path temporary;
  private final FileChannel channel;
  private volatile long written;
  private State state = State.OPEN;

  private LocalUpload(
      LocalBackend backend,
      ObjectKey key,
      long length,
      Precondition precondition,
      Deadline deadline,
      Path temporary)
      throws IOException {
    this.backend = backend;
    this.key = key;
    this.length = length;
    this.precondition = precondition;
    this.deadline = deadline;
    this.temporary = temporary;
    this.channel = FileChannel.open(temporary, StandardOpenOption.WRITE);
  }

  static LocalUpload begin(
      LocalBackend backend,
      ObjectKey key,
      long length,
      Precondition precondition,
      Deadline deadline)
      throws IOException {
    var temporary = backend.temporary().newFile();
    try {
      return new LocalUpload(backend, key, length, precondition, deadline, temporary);
    } catch (IOException e) {
      LocalTemporary.discard(temporary);
      throw e;
    }
  }

  @Override
  public void write(byte[] data, int offset, int count) {
    Objects.checkFromIndexSize(offset, count, data.length);
    if (count > length - written) {
      throw new IllegalStateException("more than the %d bytes announced".formatted(length));
    }
    long before = written;
    step(
        Operation.WRITE,
        call -> {
          for (int done = 0; done < count; ) {
            call.requireTime();
            int slice = Math.min(count - done, LocalBackend.SLICE_BYTES);
            done += channel.write(ByteBuffer.wrap(data, offset + done, slice));
          }
          written = before + count;
          state = State.OPEN;
          return written;
        });
  }

  @Override
  public long sentBytes() {
    return written;
  }

  @Override
  public ObjectInfo commit() {
    if (state == State.OPEN && written != length) {
      close();
      throw new IllegalStateException(
          "%d of the %d bytes announced were written".formatted(written, length));
    }
    return step(
        Operation.COMMIT,
        call -> {
          var file = LocalTree.attributes(temporary);
          Files.setLastModifiedTime(temporary, LocalVersions.next(file.lastModifiedTime()));
          channel.force(true);
          channel.close();
          // Read before it can be replaced by somebody else's version.
          var info =
              LocalTree.info(key, LocalTree.attributes(temporary))
                  .orElseThrow(() -> new NoSuchFileException(temporary.toString()));
          backend.root().requireWritable(call);
          backend.tree().publish(call, key, temporary, precondition);
          state = State.OVER;
          return info;
        });
  }

  /** Makes a step that leaves nothing behind unless it sets the state at its end. */
  private <T> T step(Operation operation, LocalBackend.Body<T> body) {
    if (state == State.OVER) {
      throw new IllegalStateException("the upload is over");
    }
    boolean hasFailed = state == State.FAILED;
    state = State.FAILED;
    try {
      return backend.run(
          operation,
          deadline.next(),
          call -> {
            if (hasFailed) {
              throw call.unavailable("the upload has failed");
            }
            return body.run(call);
          });
    } finally {
      if (state == State.FAILED) {
        discard();
      }
    }
  }

  @Override
  public void close() {
    if (state != State.OVER) {
      state = State.OVER;
      discard();
    }
  }

  private void discard() {
    try {
      channel.close();
    } catch (IOException _) {
      // Nobody wants its bytes.
    }
    LocalTemporary.discard(temporary);
  }
}
