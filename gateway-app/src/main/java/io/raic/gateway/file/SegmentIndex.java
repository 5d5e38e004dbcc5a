package io.raic.gateway.file;

import io.raic.gateway.file.SegmentKey.CachedFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.OptionalInt;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which segments the cache has, which were not read for longest, and what they take of the disk.
 * What is removed counts until it is said to be gone from the disk, and what is to be written
 * counts before it is: so the files never take more than is allowed.
 *
 * <p>For one thread at a time: its owner's lock is held.
 */
final class SegmentIndex {
  /** How many segments there may be, because each takes some 150 bytes of memory. */
  static final int MAX_SEGMENTS = 100_000;

  /** What file systems give at least, and in multiples. */
  private static final int DISK_BLOCK = 4096;

  private final long maxBytes;
  private final Map<SegmentKey, Segment> segments = new LinkedHashMap<>(16, 0.75f, true);
  private final NavigableSet<SegmentKey> inOrder = new TreeSet<>();
  private final List<Removed> removed = new ArrayList<>();
  private long bytes;
  private int stored;

  SegmentIndex(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** A segment that can be read. */
  static final class Segment {
    private final int length;
    private byte @Nullable [] waiting;

    private Segment(byte[] content) {
      this.length = content.length;
      this.waiting = content;
    }

    /** Returns its content, as long as that is not on the disk; nobody changes it. */
    byte @Nullable [] waiting() {
      return waiting;
    }
  }

  /**
   * A segment that is no more read, and still on the disk.
   *
   * @param key which
   * @param bytes what it takes
   */
  record Removed(SegmentKey key, long bytes) {}

  private static long onDisk(int length) {
    return Math.ceilDiv((long) length, DISK_BLOCK) * DISK_BLOCK;
  }

  /** Says whether a segment is missing that would fit. */
  boolean lacks(SegmentKey key, int length) {
    return onDisk(length) <= maxBytes && !segments.containsKey(key);
  }

  /** Returns a segment, which counts as read now. */
  @Nullable Segment get(SegmentKey key) {
    return segments.get(key);
  }

  /** Returns the first segment of a file that is here, from {@code segment} on. */
  OptionalInt firstFrom(CachedFile file, int segment) {
    var next = inOrder.ceiling(new SegmentKey(file, segment));
    return next == null || !next.file().equals(file)
        ? OptionalInt.empty()
        : OptionalInt.of(next.segment());
  }

  /** Adds a segment that waits to be written. */
  void add(SegmentKey key, byte[] content) {
    segments.put(key, new Segment(content));
    inOrder.add(key);
  }

  /** Removes a segment that is on the disk, unless it is another by now; says whether it did. */
  boolean drop(SegmentKey key, Segment segment) {
    if (segment.waiting != null || segments.get(key) != segment) {
      return false;
    }
    segments.remove(key);
    remove(key, segment);
    return true;
  }

  private void remove(SegmentKey key, Segment segment) {
    inOrder.remove(key);
    removed.add(new Removed(key, onDisk(segment.length)));
    stored--;
  }

  /**
   * Counts a segment of {@code length} bytes that is about to be written, if there is room; else
   * removes what was not read for longest, until there will be.
   */
  boolean takeRoom(int length) {
    long wanted = onDisk(length);
    long free = maxBytes - bytes + removed.stream().mapToLong(Removed::bytes).sum();
    var oldest = segments.entrySet().iterator();
    while ((free < wanted || stored >= MAX_SEGMENTS) && oldest.hasNext()) {
      var entry = oldest.next();
      // What waits takes nothing of the disk yet.
      if (entry.getValue().waiting == null) {
        oldest.remove();
        remove(entry.getKey(), entry.getValue());
        free += onDisk(entry.getValue().length);
      }
    }
    if (!removed.isEmpty()) {
      return false;
    }
    bytes += wanted;
    stored++;
    return true;
  }

  /** Notes that a segment is on the disk. */
  void written(SegmentKey key) {
    var segment = segments.get(key);
    if (segment != null) {
      segment.waiting = null;
    }
  }

  /** Returns what has to go from the disk. */
  List<Removed> removed() {
    return List.copyOf(removed);
  }

  /** Notes that {@code gone} is gone from the disk. */
  void gone(List<Removed> gone) {
    removed.removeAll(gone);
    bytes -= gone.stream().mapToLong(Removed::bytes).sum();
  }

  /** Returns how much of the disk is taken. */
  long bytes() {
    return bytes;
  }
}
