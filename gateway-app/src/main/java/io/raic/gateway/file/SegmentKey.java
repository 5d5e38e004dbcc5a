package io.raic.gateway.file;

import java.util.Comparator;

/**
 * A segment of a file, as the cache calls it: in order, the segments of a file stand together.
 *
 * @param file which one
 * @param segment which of its segments
 */
record SegmentKey(CachedFile file, int segment) implements Comparable<SegmentKey> {
  private static final Comparator<SegmentKey> ORDER =
      Comparator.<SegmentKey>comparingLong(key -> key.file.high())
          .thenComparingLong(key -> key.file.low())
          .thenComparingInt(SegmentKey::segment);

  /**
   * A file, by 128 bits that nobody outside the process can tell.
   *
   * @param high 64 of them
   * @param low the others
   */
  record CachedFile(long high, long low) {}

  @Override
  public int compareTo(SegmentKey other) {
    return ORDER.compare(this, other);
  }
}
