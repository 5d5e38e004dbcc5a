package io.raic.gateway.grid;

import io.raic.crypto.share.ShareHead;
import io.raic.crypto.share.ShareLayout;
import java.util.Map;
import java.util.Optional;

/**
 * Where the parts of a share are expected before any of it was read, so that they can be asked for
 * at once. Only for saving requests: nothing is believed because of it.
 *
 * @param layouts where the sections of the share are, by its length
 * @param kept the part to read at once and keep: the share, or what follows its blocks
 * @param streamed the part to read in order
 * @param maxKept how much what follows the blocks may be at most to be kept, whatever the share is
 */
record ExpectedShare(Map<Long, ShareLayout> layouts, Section kept, Section streamed, long maxKept) {
  /**
   * A part of a share.
   *
   * @param start its first byte
   * @param end the byte after its last one
   */
  record Section(long start, long end) {
    /** No byte. */
    static final Section NONE = new Section(0, 0);

    boolean isEmpty() {
      return start >= end;
    }

    boolean contains(long position) {
      return position >= start && position < end;
    }

    long bytes() {
      return end - start;
    }
  }

  /** Nothing is known. */
  static final ExpectedShare UNKNOWN = new ExpectedShare(Map.of(), Section.NONE, Section.NONE, 0);

  ExpectedShare {
    layouts = Map.copyOf(layouts);
  }

  /** Returns the layout that a share of {@code bytes} is expected to have. */
  Optional<ShareLayout> layout(long bytes) {
    return Optional.ofNullable(layouts.get(bytes));
  }

  /** Returns how many requests open the share and begin to read its blocks. */
  int requests() {
    return !kept.isEmpty() && !streamed.isEmpty() ? 2 : 1;
  }

  /** Returns what is expected of a share of which {@code head} is known. */
  static ExpectedShare of(ShareHead head, int firstSegment, int lastSegment) {
    return new ExpectedShare(Map.of(), Section.NONE, blocks(head, firstSegment, lastSegment), 0);
  }

  private static Section blocks(ShareHead head, int first, int last) {
    var geometry = head.extension().geometry();
    long data = head.layout().data();
    return new Section(
        data + geometry.blockStart(first),
        data + geometry.blockStart(last) + geometry.blockBytes(last));
  }
}
