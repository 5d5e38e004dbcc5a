package io.raic.crypto.share;

import io.raic.crypto.hash.MerkleTree;

/**
 * How a file of {@code size} bytes is cut into segments and blocks; every length in a share follows
 * from these four numbers (format §4).
 *
 * @param size bytes of the file, at least 1
 * @param needed shares that rebuild the file
 * @param total shares made, at most {@value #MAX_TOTAL}
 * @param segmentBytes bytes of every segment but the last: a multiple of {@code needed}, no longer
 *     than the file rounded up to one
 */
public record Geometry(long size, int needed, int total, int segmentBytes) {
  /** The most shares a file can have. */
  public static final int MAX_TOTAL = 256;

  /** The longest segment: whoever reads it holds a few in memory. */
  public static final int MAX_SEGMENT_BYTES = 16 << 20;

  /** Checks that the numbers belong together. */
  public Geometry {
    if (needed < 1 || total < needed || total > MAX_TOTAL) {
      throw new IllegalArgumentException(
          "want 1 <= needed <= total <= %d, got %d of %d".formatted(MAX_TOTAL, needed, total));
    }
    if (size < 1) {
      throw new IllegalArgumentException("no shares are made of %d bytes".formatted(size));
    }
    if (segmentBytes < 1
        || segmentBytes % needed != 0
        || segmentBytes - needed >= Math.min(size, MAX_SEGMENT_BYTES)) {
      throw new IllegalArgumentException(
          "a segment of %d bytes does not fit a file of %d bytes in %d pieces (at most %d bytes)"
              .formatted(segmentBytes, size, needed, MAX_SEGMENT_BYTES));
    }
    if (Math.ceilDiv(size, segmentBytes) > MerkleTree.MAX_LEAVES) {
      throw new IllegalArgumentException(
          "%d bytes in segments of %d bytes are more than %d segments"
              .formatted(size, segmentBytes, MerkleTree.MAX_LEAVES));
    }
  }

  /**
   * Returns the geometry of a file whose segments are at most {@code maxSegmentBytes} long, before
   * rounding up to a multiple of {@code needed}.
   */
  public static Geometry of(long size, int needed, int total, int maxSegmentBytes) {
    if (maxSegmentBytes < 1 || maxSegmentBytes > MAX_SEGMENT_BYTES) {
      throw new IllegalArgumentException(
          "a segment has 1 to %d bytes, not %d".formatted(MAX_SEGMENT_BYTES, maxSegmentBytes));
    }
    // Numbers out of bounds are for the constructor to refuse.
    int pieces = Math.clamp(needed, 1, MAX_TOTAL);
    int clipped = Math.clamp(size, 1, maxSegmentBytes);
    return new Geometry(size, needed, total, Math.ceilDiv(clipped, pieces) * pieces);
  }

  /** Returns the number of segments. */
  public int segments() {
    return (int) Math.ceilDiv(size, segmentBytes);
  }

  /** Returns the ciphertext bytes of segment {@code segment}, without padding. */
  public int segmentLength(int segment) {
    return (int) Math.min(segmentBytes, size - segmentStart(segment));
  }

  /** Returns where segment {@code segment} starts in the file. */
  public long segmentStart(int segment) {
    return (long) segment * segmentBytes;
  }

  /** Returns the segment that holds byte {@code position} of the file. */
  public int segmentAt(long position) {
    return (int) (position / segmentBytes);
  }

  /** Returns the bytes of a block of segment {@code segment}; the last segment is padded. */
  public int blockBytes(int segment) {
    return Math.ceilDiv(segmentLength(segment), needed);
  }

  /** Returns the bytes of the last segment with its padding. */
  public int paddedTailBytes() {
    return needed * blockBytes(segments() - 1);
  }

  /** Returns where the block of segment {@code segment} starts in the data of a share. */
  public long blockStart(int segment) {
    return (long) segment * (segmentBytes / needed);
  }

  /** Returns the bytes of all blocks of a share. */
  public long dataBytes() {
    return blockStart(segments() - 1) + blockBytes(segments() - 1);
  }

  /** Returns the bytes of one hash tree over the segments. */
  public int treeBytes() {
    return MerkleTree.bytes(segments());
  }
}
