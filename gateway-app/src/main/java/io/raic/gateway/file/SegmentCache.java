package io.raic.gateway.file;

import io.raic.crypto.bytes.Bytes;
import io.raic.gateway.file.SegmentIndex.Removed;
import io.raic.gateway.file.SegmentKey.CachedFile;
import io.raic.gateway.schedule.Scheduler;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Segments of ciphertext that were read lately, on a disk, which is trusted no more than a store:
 * whoever reads one has to verify it.
 *
 * <p>Takes at most so much of the disk, and forgets first what was not read for longest. Only this
 * process can tell what is where, so what others left is removed before anything is written. One
 * thread writes, while there is something to write; nobody waits for it: what it cannot keep up
 * with is not cached. When the disk is full or broken, the cache is emptied and off for {@link
 * #PAUSE}.
 *
 * <p>For any number of threads. No lock is held while the disk is used.
 */
public final class SegmentCache {
  private static final Logger LOG = LoggerFactory.getLogger(SegmentCache.class);

  /** How much memory what waits to be written may take. */
  static final long MAX_WAITING_BYTES = 16 << 20;

  /** How many segments may wait, however short. */
  private static final int MAX_WAITING = 1000;

  /** How long a disk is left alone that could not be used. */
  public static final Duration PAUSE = Duration.ofMinutes(10);

  private final SegmentFiles files;
  private final long maxBytes;
  private final SegmentNames names;
  private final Scheduler scheduler;
  private final Queue<Waiting> waiting = new ArrayDeque<>();
  private SegmentIndex index;
  private long waitingBytes;
  private boolean writing;
  private boolean emptied;
  private boolean troubled;
  private long triedAt;

  private SegmentCache(
      SegmentFiles files, long maxBytes, Scheduler scheduler, SecureRandom random) {
    this.files = files;
    this.maxBytes = maxBytes;
    this.names = new SegmentNames(random);
    this.scheduler = scheduler;
    this.index = new SegmentIndex(maxBytes);
  }

  /**
   * Starts with an empty cache: what is in {@code directory} of an earlier one is removed.
   *
   * @param maxBytes how much of the disk it may take
   * @param random for what tells the names of files
   * @return the cache; none if it may take nothing
   */
  public static Optional<SegmentCache> open(
      Path directory, long maxBytes, Scheduler scheduler, SecureRandom random) {
    var files = new SegmentFiles(directory);
    if (maxBytes == 0) {
      removeAll(files);
      return Optional.empty();
    }
    var cache = new SegmentCache(files, maxBytes, scheduler, random);
    cache.start();
    return Optional.of(cache);
  }

  private static void removeAll(SegmentFiles files) {
    try {
      files.removeAll();
    } catch (IOException e) {
      LOG.warn("what an earlier cache of segments left cannot be removed: {}", reason(e));
    }
  }

  private static String reason(Exception e) {
    return e.getClass().getSimpleName() + " " + e.getMessage();
  }

  /** What the cache has of one file. */
  final class OfFile {
    private final CachedFile file;

    private OfFile(CachedFile file) {
      this.file = file;
    }

    /** Returns the first segment that is here, from {@code segment} on. */
    OptionalInt firstFrom(int segment) {
      synchronized (SegmentCache.this) {
        return index.firstFrom(file, segment);
      }
    }

    /**
     * Reads a segment of {@code length} bytes into the start of {@code target}, and says whether it
     * was there. It can be anything: if it is not right, {@link Found#drop} it.
     */
    Optional<Found> read(int segment, byte[] target, int length) {
      var key = new SegmentKey(file, segment);
      var found = find(key);
      if (found.isEmpty()) {
        return Optional.empty();
      }
      byte[] content = found.get().content;
      if (content != null && content.length == length) {
        System.arraycopy(content, 0, target, 0, length);
      } else if (!files.read(names.of(key), target, length)) {
        found.get().drop();
        return Optional.empty();
      }
      return found;
    }

    /** Takes a copy of the first {@code length} bytes of {@code source}, a verified segment. */
    void put(int segment, byte[] source, int length) {
      var key = new SegmentKey(file, segment);
      if (isWanted(key, length)) {
        byte[] content = new byte[length];
        System.arraycopy(source, 0, content, 0, length);
        add(key, content);
      }
    }
  }

  /** A segment that was found. */
  final class Found {
    private final SegmentKey key;
    private final SegmentIndex.Segment segment;
    private final byte @Nullable [] content;

    private Found(SegmentKey key, SegmentIndex.Segment segment) {
      this.key = key;
      this.segment = segment;
      this.content = segment.waiting();
    }

    /** Removes it, because it is not right. */
    void drop() {
      synchronized (SegmentCache.this) {
        if (index.drop(key, segment)) {
          start();
        }
      }
    }
  }

  /** Returns what it has of the file whose URI extension block has the hash {@code uebHash}. */
  OfFile of(Bytes uebHash) {
    return new OfFile(names.file(uebHash));
  }

  private synchronized Optional<Found> find(SegmentKey key) {
    return Optional.ofNullable(index.get(key)).map(segment -> new Found(key, segment));
  }

  private synchronized boolean isWanted(SegmentKey key, int length) {
    return !isPaused()
        && waiting.size() < MAX_WAITING
        && waitingBytes + length <= MAX_WAITING_BYTES
        && index.lacks(key, length);
  }

  private synchronized void add(SegmentKey key, byte[] content) {
    if (isWanted(key, content.length)) {
      index.add(key, content);
      waiting.add(new Waiting(key, content));
      waitingBytes += content.length;
      start();
    }
  }

  private boolean isPaused() {
    return troubled && scheduler.nanoTime() - triedAt < PAUSE.toNanos();
  }

  private synchronized void start() {
    if (!writing) {
      writing = true;
      scheduler.start("cache-writer", this::write);
    }
  }

  private sealed interface Task {
    record Empty() implements Task {}

    record Delete(List<Removed> segments) implements Task {}

    record Rest() implements Task {}
  }

  /** A segment to be written. */
  private static final class Waiting implements Task {
    final SegmentKey key;
    final byte[] content;

    Waiting(SegmentKey key, byte[] content) {
      this.key = key;
      this.content = content;
    }
  }

  private void write() {
    try {
      Task task = next();
      while (!(task instanceof Task.Rest)) {
        run(task);
        task = next();
      }
    } catch (IOException | RuntimeException e) {
      fail(e);
    }
  }

  private synchronized Task next() {
    if (!emptied) {
      return new Task.Empty();
    }
    var first = waiting.peek();
    if (first != null && index.takeRoom(first.content.length)) {
      waiting.remove();
      return first;
    }
    var removed = index.removed();
    if (!removed.isEmpty()) {
      return new Task.Delete(removed);
    }
    writing = false;
    return new Task.Rest();
  }

  private void run(Task task) throws IOException {
    switch (task) {
      case Task.Empty _ -> {
        files.empty();
        synchronized (this) {
          emptied = true;
        }
      }
      case Task.Delete(var segments) -> {
        for (var segment : segments) {
          files.delete(names.of(segment.key()));
        }
        synchronized (this) {
          index.gone(segments);
        }
      }
      case Waiting segment -> {
        files.write(names.of(segment.key), segment.content);
        written(segment);
      }
      case Task.Rest _ -> {}
    }
  }

  private synchronized void written(Waiting segment) {
    index.written(segment.key);
    waitingBytes -= segment.content.length;
    if (troubled) {
      troubled = false;
      LOG.info("the cache of segments is on again");
    }
  }

  /** Gives back what it takes, which a full disk needs, and forgets it; says so the first time. */
  private void fail(Exception reason) {
    try {
      files.removeAll();
    } catch (IOException _) {
      // It is tried again before anything is written.
    }
    synchronized (this) {
      if (!troubled) {
        LOG.warn("the cache of segments is off for {}: {}", PAUSE, reason(reason));
      }
      troubled = true;
      triedAt = scheduler.nanoTime();
      emptied = false;
      index = new SegmentIndex(maxBytes);
      waiting.clear();
      waitingBytes = 0;
      writing = false;
    }
  }

  /** Returns how much of the disk it takes, at most. */
  synchronized long bytes() {
    return index.bytes();
  }
}
