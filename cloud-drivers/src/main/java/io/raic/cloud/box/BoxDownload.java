package io.raic.cloud.box;

import io.raic.cloud.BackendException;
import io.raic.cloud.Deadline;
import io.raic.cloud.Download;
import io.raic.cloud.ObjectInfo;
import io.raic.cloud.Operation;
import java.util.Objects;
import java.util.Optional;

/** Bytes of one version of a file, counted: too few are never taken for all. */
final class BoxDownload implements Download {
  private final BoxCalls calls;
  private final ObjectInfo info;
  private final Optional<BoxStream> stream;
  private final Deadline deadline;
  private long left;
  private volatile boolean isClosed;

  /**
   * Reads what comes.
   *
   * @param stream the bytes; empty if none were asked for
   * @param length how many must come
   * @param deadline as a duration for each read
   */
  BoxDownload(
      BoxCalls calls, ObjectInfo info, Optional<BoxStream> stream, long length, Deadline deadline) {
    this.calls = calls;
    this.info = info;
    this.stream = stream;
    this.left = length;
    this.deadline = deadline;
  }

  @Override
  public ObjectInfo info() {
    return info;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (isClosed) {
      throw unavailable("the download is closed");
    }
    calls.enter(Operation.READ, deadline.next());
    if (left == 0) {
      return -1;
    }
    try {
      int wanted = (int) Math.min(length, left);
      int got = stream.orElseThrow().read(target, offset, wanted, deadline.step());
      if (got == 0) {
        throw failed(stream.get().ended());
      }
      left -= got;
      return got;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw unavailable("interrupted");
    }
  }

  private BackendException failed(BoxStream.Ended ended) {
    calls.enter(Operation.READ, deadline.next());
    return unavailable(
        switch (ended) {
          case WHOLE, FAILED -> isClosed ? "the download is closed" : "the bytes end early";
          case LATE -> "no bytes in time";
        });
  }

  private BackendException unavailable(String why) {
    return new BackendException.Unavailable(calls.request(Operation.READ), why);
  }

  @Override
  public void close() {
    isClosed = true;
    stream.ifPresent(BoxStream::close);
  }
}
