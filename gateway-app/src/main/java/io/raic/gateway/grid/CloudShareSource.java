package io.raic.gateway.grid;

import io.raic.cloud.BackendException;
import io.raic.cloud.ByteRange;
import io.raic.cloud.Deadline;
import io.raic.cloud.Download;
import io.raic.cloud.ObjectInfo;
import io.raic.crypto.share.ShareLayout;
import io.raic.crypto.share.ShareSource;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A share in a store, read with few requests: what follows the blocks comes in one request, blocks
 * read in order come as one stream, and a small share comes whole.
 *
 * <p>Memory: the part after the blocks, 64 bytes a segment and some, until {@link #forgetTail}. For
 * one thread at a time, except {@link #close}.
 */
final class CloudShareSource implements ShareSource, AutoCloseable {
  /** A share up to this long is fetched whole. */
  static final int SMALL_SHARE_BYTES = 64 << 10;

  private static final int MAX_TAIL_BYTES = 256 << 20;

  private final FoundShare share;
  private final long bytes;
  private final long streamEnd;
  private final long tailStart;
  private final Duration step;
  private byte[] head = new byte[0];
  private byte[] tail = new byte[0];
  private volatile @Nullable Download stream;
  private long streamPosition;
  private volatile boolean closed;

  /**
   * Prepares to read {@code share}; no request is made yet.
   *
   * @param tailStart where the part after the blocks is expected; the share's end if unknown
   * @param streamEnd where the last block wanted is expected to end
   */
  CloudShareSource(FoundShare share, long tailStart, long streamEnd, Duration step) {
    this.share = share;
    this.bytes = share.bytes();
    if (bytes <= SMALL_SHARE_BYTES) {
      this.tailStart = 0;
    } else {
      this.tailStart = bytes - tailStart > MAX_TAIL_BYTES ? bytes : Math.min(tailStart, bytes);
    }
    this.streamEnd = Math.min(streamEnd, this.tailStart);
    this.step = step;
  }

  @Override
  public int read(long offset, byte[] target, int targetOffset, int length) throws IOException {
    int wanted = (int) Math.clamp(bytes - offset, 0, length);
    int done = 0;
    try {
      while (done < wanted) {
        done += readSome(offset + done, target, targetOffset + done, wanted - done);
      }
    } catch (BackendException e) {
      throw new IOException(e.getMessage(), e);
    }
    return done;
  }

  /** Lets go of the part after the blocks, once it was verified. */
  void forgetTail() {
    if (tailStart > 0) {
      tail = new byte[0];
    }
  }

  private int readSome(long at, byte[] target, int targetOffset, int length) throws IOException {
    if (at >= tailStart) {
      if (tail.length == 0) {
        tail = fetch(tailStart, Math.toIntExact(bytes - tailStart));
      }
      return copy(tail, at - tailStart, target, targetOffset, length);
    }
    if (at < ShareLayout.MAX_HEADER_BYTES) {
      if (head.length == 0) {
        head = fetchHead();
      }
      return copy(head, at, target, targetOffset, length);
    }
    int part = (int) Math.min(length, tailStart - at);
    return readStream(at, target, targetOffset, part);
  }

  /** The header and the blocks of a file read from its start come as one stream. */
  private byte[] fetchHead() throws IOException {
    byte[] fetched = new byte[ShareLayout.MAX_HEADER_BYTES];
    int got = 0;
    while (got < fetched.length) {
      got += readStream(got, fetched, got, fetched.length - got);
    }
    return fetched;
  }

  private byte[] fetch(long start, int length) throws IOException {
    byte[] fetched = new byte[length];
    int got = 0;
    while (got < length) {
      try (var part = open(start + got, start + length)) {
        got += fill(part, fetched, got, length - got);
      }
    }
    return fetched;
  }

  private static int copy(byte[] from, long at, byte[] target, int targetOffset, int length) {
    int part = (int) Math.min(length, from.length - at);
    System.arraycopy(from, (int) at, target, targetOffset, part);
    return part;
  }

  private int readStream(long at, byte[] target, int targetOffset, int length)
      throws IOException {
    var current = stream;
    if (current == null || streamPosition != at) {
      closeStream();
      current = open(at, Math.max(streamEnd, at + length));
      stream = current;
      streamPosition = at;
      if (closed) {
        closeStream();
        throw new IOException("closed");
      }
    }
    int got = current.read(target, targetOffset, length);
    if (got < 0) {
      // The end of a chunk, or of what was asked for: the next read opens what follows.
      closeStream();
      return 0;
    }
    streamPosition += got;
    return got;
  }
}
