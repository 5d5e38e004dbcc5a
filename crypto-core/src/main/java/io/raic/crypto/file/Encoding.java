package io.raic.crypto.file;

import io.raic.crypto.share.Geometry;

/**
 * How new files are encoded: any {@code needed} of {@code total} shares rebuild one.
 *
 * @param needed shares that rebuild a file
 * @param total shares made of a file
 * @param maxSegmentBytes segments are this long, rounded up to a multiple of {@code needed}
 */
public record Encoding(int needed, int total, int maxSegmentBytes) {
  /** A file of at most this many bytes becomes a literal capability and has no shares. */
  public static final int MAX_LITERAL_BYTES = 55;

  /** Segments of 1 MiB, as other current writers of the format make them. */
  public static final int DEFAULT_SEGMENT_BYTES = 1 << 20;

  /** Any 3 of 5 shares. */
  public static final Encoding DEFAULT = new Encoding(3, 5, DEFAULT_SEGMENT_BYTES);

  /** Checks the numbers. */
  public Encoding {
    var _ = Geometry.of(1, needed, total, maxSegmentBytes);
  }

  /** Returns how a file of {@code size} bytes, more than a literal's, is cut. */
  public Geometry geometry(long size) {
    return Geometry.of(size, needed, total, maxSegmentBytes);
  }
}
