package io.raic.cloud.swift;

import io.raic.cloud.BackendException;
import io.raic.cloud.Deadline;
import io.raic.cloud.Download;
import io.raic.cloud.ObjectInfo;
import io.raic.cloud.Operation;
import io.raic.cloud.call.Watch;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;

/** The body of an answer, counted: fewer bytes than were announced are an error. */
final class SwiftDownload implements Download {
  private final Calls calls;
  private final ObjectInfo info;
  private final Deadline deadline;
  private final Optional<Exchange> exchange;
  private final InputStream body;
  private long left;
  private volatile boolean isClosed;

  private SwiftDownload(
      Calls calls,
      ObjectInfo info,
      Deadline deadline,
      Optional<Exchange> exchange,
      InputStream body,
      long left) {
    this.calls = calls;
    this.info = info;
    this.deadline = deadline;
    this.exchange = exchange;
    this.body = body;
    this.left = left;
  }

  /** Returns a part of an object in which there are no bytes. */
  static SwiftDownload empty(Calls calls, ObjectInfo info, Deadline deadline) {
    return new SwiftDownload(
        calls, info, deadline, Optional.empty(), InputStream.nullInputStream(), 0);
  }

  /** Returns the body of an answer, which has {@code length} bytes and is closed with it. */
  static SwiftDownload of(
      Calls calls, ObjectInfo info, Deadline deadline, Exchange exchange, long length) {
    try {
      var download =
          new SwiftDownload(calls, info, deadline, Optional.of(exchange), exchange.body(), length);
      if (length == 0) {
        download.end();
      }
      return download;
    } catch (IOException e) {
      exchange.close();
      throw SwiftErrors.of(calls.about(Operation.GET), e, false);
    }
  }

  @Override
  public ObjectInfo info() {
    return info;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, target.length);
    calls.enter(Operation.READ, deadline.next());
    if (isClosed) {
      throw new BackendException.Unavailable(calls.about(Operation.READ), "the download is closed");
    }
    if (left == 0) {
      return -1;
    }
    try (var watch = Watch.of(deadline.next(), this::abort)) {
      try {
        int got = body.read(target, offset, (int) Math.min(length, left));
        if (got < 0) {
          throw new BackendException.Corrupt(
              calls.about(Operation.READ), "%d bytes are missing at the end".formatted(left));
        }
        left -= got;
        if (left == 0) {
          // Whoever knows the length does not ask again.
          end();
        }
        return got;
      } catch (IOException | IllegalStateException e) {
        throw SwiftErrors.of(calls.about(Operation.READ), e, watch.isCut());
      }
    }
  }

  /** Takes the end of the body, after which the connection is free for others. */
  private void end() throws IOException {
    if (body.read() >= 0) {
      throw new BackendException.Corrupt(
          calls.about(Operation.READ), "there are more bytes than were announced");
    }
  }

  private void abort() {
    exchange.ifPresent(Exchange::abort);
  }

  @Override
  public void close() {
    isClosed = true;
    // Somebody may be reading just now: that ends a read, and close alone would wait for it.
    if (left > 0) {
      abort();
    }
    exchange.ifPresent(Exchange::close);
  }
}
