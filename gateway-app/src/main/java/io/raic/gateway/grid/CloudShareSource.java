package io.raic.gateway.grid;

import io.raic.cloud.BackendException;
import io.raic.cloud.ByteRange;
import io.raic.cloud.Deadline;
import io.raic.cloud.Download;
import io.raic.cloud.ObjectInfo;
import io.raic.crypto.share.ShareSource;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A share in a store, read with few requests: what follows the blocks comes in one request, blocks
 * in order come as one stream, a small share comes whole, and anything else by itself.
 *
 * <p>Memory: the part after the blocks, until {@link #stream} is called. For one thread at a time,
 * except {@link #close}, which ends a read of another thread.
 */
final class CloudShareSource implements ShareSource, AutoCloseable {
  /** A share up to this long is fetched whole. */
  static final int SMALL_SHARE_BYTES = 64 << 10;

  private final FoundShare share;
  private final Duration step;
  private final long bytes;
  private final Cache cache;
  private long streamStart;
  private long streamEnd;
  private volatile @Nullable Download stream;
  private long streamPosition;
  private volatile boolean closed;

  /**
   * Prepares to read {@code share}; no request is made yet.
   *
   * @param step the longest that opening, or the next bytes, may take
   */
  CloudShareSource(FoundShare share, ExpectedShare expected, Duration step) {
    this.share = share;
    this.step = step;
    this.bytes = share.bytes();
    if (bytes <= SMALL_SHARE_BYTES) {
      this.cache = new Cache(0);
    } else {
      this.cache = new Cache(Math.min(expected.tailStart(), bytes));
    }
    this.streamStart = expected.streamStart();
    this.streamEnd = expected.streamEnd();
  }

  /**
   * Says that from now on blocks are read, in order: from {@code start} of the share up to {@code
   * end}.
   */
  void stream(long start, long end) {
    this.streamStart = Math.min(start, streamStart);
    this.streamEnd = end;
    if (cache.start > 0) {
      cache.forget();
    }
  }

  @Override
  public int read(long offset, byte[] target, int targetOffset, int length) throws IOException {
    int wanted = Math.clamp(bytes - offset, 0, length);
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

  private int readSome(long at, byte[] target, int targetOffset, int length) throws IOException {
    if (at >= cache.start) {
      return cache.read(at, target, targetOffset, length);
    }
    int part = (int) Math.min(length, cache.start - at);
    if (at >= streamStart && at < streamEnd) {
      return readStream(at, target, targetOffset, part);
    }
    fetch(at, target, targetOffset, part);
    return part;
  }

  private void fetch(long start, byte[] target, int targetOffset, int length) throws IOException {
    int got = 0;
    while (got < length) {
      try (var part = open(start + got, start + length)) {
        int before = got;
        int read;
        while (got < length && (read = part.read(target, targetOffset + got, length - got)) >= 0) {
          got += read;
        }
        if (got == before) {
          throw cutOff();
        }
      }
    }
  }

  private int readStream(long at, byte[] target, int targetOffset, int length) throws IOException {
    var current = stream;
    boolean fresh = current == null || streamPosition != at;
    if (current == null || streamPosition != at) {
      closeStream();
      current = open(at, streamEnd);
      stream = current;
      streamPosition = at;
      if (closed) {
        closeStream();
        throw new IOException("the share is not wanted any more");
      }
    }
    int got = current.read(target, targetOffset, length);
    if (got >= 0) {
      streamPosition += got;
      return got;
    }
    closeStream();
    if (fresh) {
      throw cutOff();
    }
    // The end of a chunk: the next read opens what follows.
    return 0;
  }

  /** Opens what the chunk that holds byte {@code start} has of the bytes up to {@code end}. */
  private Download open(long start, long end) throws IOException {
    long chunkStart = 0;
    for (ObjectInfo chunk : share.chunks()) {
      if (start < chunkStart + chunk.size()) {
        var range = new ByteRange(start - chunkStart, Math.min(end - chunkStart, chunk.size()));
        return share
            .store()
            .backend()
            .get(chunk.key(), range, Deadline.in(step))
            .orElseThrow(() -> new IOException("the share is not there any more"));
      }
      chunkStart += chunk.size();
    }
    throw cutOff();
  }

  private static IOException cutOff() {
    return new IOException("the share ends early");
  }

  private void closeStream() {
    var current = stream;
    stream = null;
    if (current != null) {
      current.close();
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      closeStream();
    } catch (BackendException _) {
      // What was read is verified by its hash; what was not read is not wanted.
    }
  }

  /** The end of the share, fetched at once when any of it is wanted. */
  private final class Cache {
    private final long start;
    private byte @Nullable [] content;

    Cache(long start) {
      this.start = start;
    }

    int read(long at, byte[] target, int targetOffset, int length) throws IOException {
      byte[] all = content;
      if (all == null) {
        all = new byte[Math.toIntExact(bytes - start)];
        fetch(start, all, 0, all.length);
        content = all;
      }
      int part = (int) Math.min(length, bytes - at);
      System.arraycopy(all, (int) (at - start), target, targetOffset, part);
      return part;
    }

    void forget() {
      content = null;
    }
  }
}
