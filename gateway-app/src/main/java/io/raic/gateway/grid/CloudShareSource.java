package io.raic.gateway.grid;

import io.raic.cloud.BackendException;
import io.raic.cloud.Download;
import io.raic.crypto.share.ShareLayout;
import io.raic.crypto.share.ShareSource;
import io.raic.gateway.grid.ExpectedShare.Section;
import io.raic.gateway.schedule.Scheduler;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A share in a store, read with few requests: what follows the blocks comes in one request, blocks
 * in order come as one stream, a small share comes whole, and anything else by itself.
 *
 * <p>Nobody holds one connection of a store while he waits for another: all readers might, and then
 * none would get one. So the stream ends before anything else is asked for.
 *
 * <p>Memory: what {@link ExpectedShare#kept} says, until {@link #stream} is called. For one thread
 * at a time, except {@link #close}, which ends a read of another thread.
 */
final class CloudShareSource implements ShareSource, AutoCloseable {
  private final ShareObject object;
  private final ExpectedShare expected;
  private final Scheduler scheduler;
  private Section kept;
  private byte @Nullable [] content;
  private Section streamed;
  private volatile @Nullable Download stream;
  private volatile @Nullable KeptFetch fetching;
  private long streamPosition;
  private volatile boolean closed;

  /** Prepares to read {@code share}; no request is made yet. */
  CloudShareSource(FoundShare share, ExpectedShare expected, Reading reading) {
    this(reading.open(share), expected, reading.scheduler());
  }

  /** Prepares to read {@code object}. */
  CloudShareSource(ShareObject object, ExpectedShare expected, Scheduler scheduler) {
    this.object = object;
    this.expected = expected;
    this.scheduler = scheduler;
    this.kept = expected.kept();
    this.streamed = expected.streamed();
  }

  /**
   * Asks for all that is expected to be needed, both at once if it is two things.
   *
   * @return the layout that the share has to judge by its length
   * @throws AbsentShareException if there is no such share
   */
  Optional<ShareLayout> prepare() throws IOException, InterruptedException {
    try {
      if (!kept.isEmpty() && !streamed.isEmpty()) {
        openBoth();
      } else if (!streamed.isEmpty()) {
        openStream(streamed.start());
      } else if (kept.isEmpty() && !object.isLengthKnown()) {
        keep(new Section(0, ShareLayout.MAX_HEADER_BYTES));
      } else {
        keep(kept);
      }
    } catch (BackendException e) {
      throw failed(e);
    }
    return expected.layout(object.bytes());
  }

  /** Reads {@code section} now and keeps it, in place of what was kept before. */
  private void keep(Section section) throws IOException {
    kept = section;
    if (section.isEmpty()) {
      content = null;
    } else {
      closeStream();
      content = fetch(section);
    }
  }

  /**
   * Says that what follows {@code start} will be read: it is fetched at once when any of it is,
   * unless it is more than a share of this file can have there.
   */
  void keepFrom(long start) {
    if (kept.isEmpty() || !kept.contains(start)) {
      long end = object.bytes();
      kept = end - start > expected.maxKept() ? Section.NONE : new Section(start, end);
      content = null;
    }
  }

  private void openBoth() throws IOException, InterruptedException {
    var fetch = KeptFetch.start(scheduler, () -> fetch(kept));
    fetching = fetch;
    try {
      openStream(streamed.start());
      var early = fetch.await(object.lateNanos(kept.bytes()));
      if (early.isEmpty()) {
        closeStream();
        content = fetch.await();
      } else {
        content = early.get();
      }
    } finally {
      fetch.close();
      fetching = null;
    }
  }

  /**
   * Says that from now on blocks are read, in order: from {@code start} of the share up to {@code
   * end}.
   */
  void stream(long start, long end) {
    streamed = new Section(streamed.isEmpty() ? start : Math.min(start, streamed.start()), end);
    if (!kept.contains(start)) {
      content = null;
    }
  }

  @Override
  public int read(long offset, byte[] target, int targetOffset, int length) throws IOException {
    try {
      int wanted = Math.clamp(object.bytes() - offset, 0, length);
      int done = 0;
      while (done < wanted) {
        done += readSome(offset + done, target, targetOffset + done, wanted - done);
      }
      return done;
    } catch (BackendException e) {
      throw failed(e);
    }
  }

  private static IOException failed(BackendException failure) {
    return new IOException(failure.getMessage(), failure);
  }

  private int readSome(long at, byte[] target, int targetOffset, int length) throws IOException {
    if (kept.contains(at)) {
      return readKept(at, target, targetOffset, length);
    }
    int part = at < kept.start() ? (int) Math.min(length, kept.start() - at) : length;
    if (streamed.contains(at)) {
      return readStream(at, target, targetOffset, part);
    }
    closeStream();
    return fill(at, target, targetOffset, part);
  }

  private int readKept(long at, byte[] target, int targetOffset, int length) throws IOException {
    byte[] all = content;
    if (all == null) {
      closeStream();
      all = fetch(kept);
      content = all;
    }
    int from = Math.toIntExact(at - kept.start());
    int part = Math.min(length, all.length - from);
    if (part <= 0) {
      throw cutOff();
    }
    System.arraycopy(all, from, target, targetOffset, part);
    return part;
  }

  /** Reads what the share has of {@code section}, in one request unless it is in chunks. */
  private byte[] fetch(Section section) throws IOException {
    byte[] all;
    int got;
    try (var first = object.open(section.start(), section.end())) {
      long there = Math.min(section.end(), object.bytes()) - section.start();
      all = new byte[Math.toIntExact(Math.max(0, there))];
      got = drain(first, all, 0, all.length);
    }
    if (got < all.length) {
      fill(section.start() + got, all, got, all.length - got);
    }
    return all;
  }

  private int fill(long start, byte[] target, int targetOffset, int length) throws IOException {
    int got = 0;
    while (got < length) {
      try (var part = object.open(start + got, start + length)) {
        int more = drain(part, target, targetOffset + got, length - got);
        if (more == 0) {
          throw cutOff();
        }
        got += more;
      }
    }
    return length;
  }

  private static int drain(Download download, byte[] target, int offset, int length) {
    int got = 0;
    int read;
    while (got < length && (read = download.read(target, offset + got, length - got)) >= 0) {
      got += read;
    }
    return got;
  }

  private int readStream(long at, byte[] target, int targetOffset, int length) throws IOException {
    var current = stream;
    boolean fresh = current == null || streamPosition != at;
    if (current == null || streamPosition != at) {
      current = openStream(at);
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

  private Download openStream(long at) throws IOException {
    closeStream();
    var opened = object.open(at, streamed.end());
    stream = opened;
    streamPosition = at;
    if (closed) {
      closeStream();
      throw new IOException("the share is not wanted any more");
    }
    return opened;
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
    var current = fetching;
    if (current != null) {
      current.close();
    }
    try {
      closeStream();
    } catch (BackendException _) {
      // What was read is verified by its hash; what was not read is not wanted.
    }
  }
}
