package io.raic.gateway.grid;

import io.raic.crypto.capability.VerifyCap;
import io.raic.crypto.share.Geometry;
import io.raic.crypto.share.ShareLayout;
import io.raic.crypto.share.UriExtension;
import java.util.Collection;
import java.util.TreeMap;

/**
 * Where the parts of a share are expected before any of it was read, so that they can be asked for
 * at once. Only for saving requests: nothing is believed because of it.
 *
 * @param tailStart where the part after the blocks starts; {@link Long#MAX_VALUE} if unknown
 * @param streamStart where reading in order starts; {@link Long#MAX_VALUE} if unknown
 * @param streamEnd where reading in order ends
 */
record ExpectedShare(long tailStart, long streamStart, long streamEnd) {
  /** Nothing is known. */
  static final ExpectedShare UNKNOWN =
      new ExpectedShare(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);

  /** A longer tail is not fetched in one piece. */
  static final long MAX_TAIL_BYTES = 16 << 20;

  /**
   * Returns what is expected of shares of the file {@code cap}, by the length of the share: the
   * layout follows from the capability but for the segment size, and that shows in the length.
   *
   * @param segmentSizes those to expect
   * @param offset the first byte of the file that is wanted
   * @param length how many bytes of the file are wanted
   */
  static TreeMap<Long, ExpectedShare> byShareBytes(
      VerifyCap cap, Collection<Integer> segmentSizes, long offset, long length) {
    var expected = new TreeMap<Long, ExpectedShare>();
    for (int segmentBytes : segmentSizes) {
      try {
        var geometry = Geometry.of(cap.size(), cap.needed(), cap.total(), segmentBytes);
        var layout = ShareLayout.of(geometry);
        expected.put(
            layout.shareBytes(UriExtension.length(geometry)), of(geometry, layout, offset, length));
      } catch (IllegalArgumentException _) {
        // A file of this size has other segments.
      }
    }
    return expected;
  }

  private static ExpectedShare of(Geometry geometry, ShareLayout layout, long offset, long length) {
    long end = layout.extension() + UriExtension.LIMIT;
    long tail = layout.crypttextTree();
    int last = geometry.segmentAt(offset + Math.max(1, length) - 1);
    boolean fromStart = geometry.segmentAt(offset) == 0;
    return new ExpectedShare(
        end - tail > MAX_TAIL_BYTES ? Long.MAX_VALUE : tail,
        fromStart ? 0 : Long.MAX_VALUE,
        blockEnd(geometry, layout, last));
  }

  /** Returns where the block of {@code segment} ends in a share. */
  static long blockEnd(Geometry geometry, ShareLayout layout, int segment) {
    return layout.data() + geometry.blockStart(segment) + geometry.blockBytes(segment);
  }
}
