package io.raic.cloud.gcs;

import com.google.api.client.http.HttpResponse;
import io.raic.cloud.BackendException;
import io.raic.cloud.Deadline;
import io.raic.cloud.Download;
import io.raic.cloud.ObjectInfo;
import io.raic.cloud.Operation;
import io.raic.cloud.Request;
import io.raic.cloud.call.Gate;
import io.raic.cloud.call.Watch;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.CRC32C;

/** The body of an answer; a whole object is compared with the service's checksum at its end. */
final class GcsDownload implements Download {
  private enum State {
    OPEN,
    FAILED,
    CLOSED
  }

  private final Gate gate;
  private final Request request;
  private final ObjectInfo info;
  private final Deadline deadline;
  private final HttpResponse response;
  private final InputStream body;
  private final long expected;
  private final Optional<String> checksum;
  private final CRC32C crc = new CRC32C();
  private long received;

  /** Guarded by this, as is the reader: who closes must not wait for a read that hangs. */
  private State state = State.OPEN;

  private Optional<Thread> reader = Optional.empty();
  private boolean hasInterrupted;

  /**
   * Takes an answer over.
   *
   * @param expected how many bytes must come
   * @param checksum of them, in Base64; empty if the service knows none
   */
  GcsDownload(
      Gate gate,
      Request request,
      ObjectInfo info,
      Deadline deadline,
      HttpResponse response,
      long expected,
      Optional<String> checksum)
      throws IOException {
    this.gate = gate;
    this.request = request;
    this.info = info;
    this.deadline = deadline;
    this.response = response;
    // Some answers without bytes have no stream.
    this.body = Objects.requireNonNullElseGet(response.getContent(), InputStream::nullInputStream);
    this.expected = expected;
    this.checksum = checksum;
  }

  @Override
  public ObjectInfo info() {
    return info;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, target.length);
    var step = deadline.next();
    enter(step);
    int n = -1;
    boolean isRead = false;
    var watch = Watch.ofThisThread(step);
    try {
      n = received == expected ? -1 : body.read(target, offset, bounded(length));
      isRead = true;
    } catch (IOException | RuntimeException e) {
      throw GcsHttp.failed(request, watch, e);
    } finally {
      watch.close();
      leave(isRead);
      if (watch.isCut()) {
        // That interrupt was the watch's own.
        Thread.interrupted();
      }
    }
    return taken(target, offset, n);
  }

  private int bounded(int length) {
    return (int) Math.min(length, expected - received);
  }

  private synchronized void enter(Deadline step) {
    gate.enter(Operation.READ, step);
    if (state != State.OPEN) {
      throw new BackendException.Unavailable(
          request, state == State.FAILED ? "the download has failed" : "the download is closed");
    }
    reader = Optional.of(Thread.currentThread());
  }

  private synchronized void leave(boolean isRead) {
    reader = Optional.empty();
    if (state == State.CLOSED) {
      disconnect();
      if (hasInterrupted) {
        // That was the interrupt of the one who closed, and the reader hears of it by the closing.
        Thread.interrupted();
      }
    } else if (!isRead) {
      fail();
    }
  }

  private synchronized void fail() {
    state = State.FAILED;
    disconnect();
  }

  /** Counts and sums bytes before they are the reader's, so that no wrong end is handed out. */
  private int taken(byte[] target, int offset, int n) {
    if (n < 0) {
      if (received < expected) {
        fail();
        throw new BackendException.Unavailable(
            request, "%d of %d bytes came".formatted(received, expected));
      }
      return -1;
    }
    received += n;
    if (checksum.isPresent()) {
      crc.update(target, offset, n);
      if (received == expected && !checksum.orElseThrow().equals(GcsChecksum.text(crc))) {
        fail();
        throw new BackendException.Corrupt(request, "the bytes do not match their checksum");
      }
    }
    return n;
  }

  @Override
  public synchronized void close() {
    if (state == State.CLOSED) {
      return;
    }
    boolean isOpen = state == State.OPEN;
    state = State.CLOSED;
    if (reader.isPresent()) {
      hasInterrupted = true;
      reader.orElseThrow().interrupt();
    } else if (isOpen) {
      end();
    }
  }

  /** A body that was read to its end leaves its connection to the next request. */
  private void end() {
    if (received < expected) {
      disconnect();
      return;
    }
    try {
      body.close();
    } catch (IOException _) {
      // All its bytes have come.
    }
  }

  private void disconnect() {
    try {
      response.disconnect();
    } catch (IOException _) {
      // It is as closed as it can be.
    }
  }
}
