package io.raic.cloud.s3;

import io.raic.cloud.BackendException;
import io.raic.cloud.Deadline;
import io.raic.cloud.Download;
import io.raic.cloud.ObjectInfo;
import io.raic.cloud.Operation;
import io.raic.cloud.call.Watch;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.http.AbortableInputStream;

/**
 * A part of an object, from one request after another: where an answer breaks off, the rest is
 * asked for again, of the same version.
 */
final class S3Download implements Download {
  private final S3Reader reader;
  private final ObjectInfo info;
  private final Deadline deadline;
  private final long end;
  private Optional<AbortableInputStream> body;
  private long position;
  private volatile boolean isClosed;

  /**
   * Begins with what an answer gives.
   *
   * @param position of its first byte
   * @param end of the byte after the last one that is wanted and there
   */
  S3Download(
      S3Reader reader,
      ObjectInfo info,
      long position,
      long end,
      Optional<AbortableInputStream> body,
      Deadline deadline) {
    this.reader = reader;
    this.info = info;
    this.position = position;
    this.end = end;
    this.body = body;
    this.deadline = deadline;
  }

  @Override
  public ObjectInfo info() {
    return info;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, target.length);
    var step = deadline.next();
    int count = (int) Math.min(length, end - position);
    return reader
        .calls()
        .retry(
            Operation.READ,
            step,
            _ -> {
              if (isClosed) {
                throw unavailable("the download is closed");
              }
              return count == 0 ? -1 : readSome(target, offset, count, step);
            });
  }

  private int readSome(byte[] target, int offset, int count, Deadline step) {
    var stream = body.orElseGet(() -> reader.reopen(info, position, end, step));
    body = Optional.of(stream);
    boolean isCut = false;
    String why = "the answer ended early";
    try (var watch = Watch.of(step, stream::abort)) {
      try {
        int read = stream.read(target, offset, count);
        if (read > 0) {
          position += read;
          return read;
        }
      } catch (IOException e) {
        isCut = watch.isCut();
        why = S3Errors.failure(e);
      } catch (AbortedException _) {
        // So the SDK's stream says that the thread is interrupted.
        Thread.currentThread().interrupt();
      }
    }
    stream.abort();
    body = Optional.empty();
    if (isClosed) {
      throw unavailable("the download is closed");
    }
    if (isCut) {
      throw unavailable("nothing has come for too long");
    }
    throw unavailable(Thread.currentThread().isInterrupted() ? "interrupted" : why);
  }

  private BackendException unavailable(String why) {
    return new BackendException.Unavailable(reader.calls().request(Operation.READ), why);
  }

  @Override
  public void close() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    body.ifPresent(this::release);
  }

  /** Keeps the connection if all was read; else what is still on its way is not worth it. */
  private void release(AbortableInputStream stream) {
    try {
      if (position == end && stream.read() < 0) {
        stream.close();
        return;
      }
    } catch (IOException | AbortedException _) {
      // It is ended below.
    }
    stream.abort();
  }
}
