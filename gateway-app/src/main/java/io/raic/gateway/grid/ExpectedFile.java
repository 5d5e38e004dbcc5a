package io.raic.gateway.grid;

import io.raic.crypto.capability.VerifyCap;
import io.raic.crypto.share.Geometry;
import io.raic.crypto.share.ShareHead;
import io.raic.crypto.share.ShareLayout;
import io.raic.crypto.share.UriExtension;
import io.raic.gateway.grid.ExpectedShare.Section;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * What is expected of all shares of a file, one like the other: the layout follows from the
 * capability but for the segment size, and that shows in the length of a share.
 */
final class ExpectedFile {
  /** A share up to this long is fetched whole. */
  static final int SMALL_SHARE_BYTES = 64 << 10;

  /** A file up to this long is fetched in whole shares, if most of it is wanted. */
  static final int SMALL_FILE_BYTES = (1 << 20) + (64 << 10);

  /** A longer tail is not fetched in one piece. */
  static final long MAX_TAIL_BYTES = 16 << 20;

  /** What may stand after the start of the URI extension block's length. */
  private static final int EXTENSION_BYTES = Long.BYTES + UriExtension.LIMIT;

  private final VerifyCap cap;
  private final long offset;
  private final long length;
  // In the order of the segment sizes.
  private final List<Guess> guesses = new ArrayList<>();
  private final Map<Long, ShareLayout> layouts = new HashMap<>();

  /**
   * How shares of the file may be laid out.
   *
   * @param geometry of the file
   * @param layout of its shares
   */
  private record Guess(Geometry geometry, ShareLayout layout) {
    long shareBytes() {
      return layout.shareBytes(UriExtension.length(geometry));
    }

    long end() {
      return layout.extension() + EXTENSION_BYTES;
    }
  }

  /**
   * Expects one of several sizes of segments.
   *
   * @param segmentSizes those to expect, the likeliest first
   * @param offset the first byte of the file that is wanted
   * @param length how many bytes of the file are wanted; none if no block is
   */
  ExpectedFile(VerifyCap cap, Collection<Integer> segmentSizes, long offset, long length) {
    this.cap = cap;
    this.offset = offset;
    this.length = length;
    for (int segmentBytes : new LinkedHashSet<>(segmentSizes)) {
      try {
        var geometry = Geometry.of(cap.size(), cap.needed(), cap.total(), segmentBytes);
        var guess = new Guess(geometry, ShareLayout.of(geometry));
        if (layouts.putIfAbsent(guess.shareBytes(), guess.layout()) == null) {
          guesses.add(guess);
        }
      } catch (IllegalArgumentException _) {
        // A file of this size has other segments.
      }
    }
  }

  /** Returns what is expected of a share whose length nobody has told. */
  ExpectedShare share() {
    if (guesses.isEmpty()) {
      return unknown();
    }
    long end = guesses.stream().mapToLong(Guess::end).max().orElseThrow();
    var likeliest = guesses.getFirst();
    if (isSmall(likeliest.shareBytes())) {
      return new ExpectedShare(layouts, new Section(0, end), Section.NONE, maxTail());
    }
    var tail = tail(likeliest.layout().crypttextTree(), end);
    return new ExpectedShare(layouts, tail, blocks(likeliest), maxTail());
  }

  /** Returns what is expected of a share of {@code bytes}. */
  ExpectedShare share(long bytes) {
    if (isSmall(bytes)) {
      return new ExpectedShare(layouts, new Section(0, bytes), Section.NONE, maxTail());
    }
    return guesses.stream()
        .filter(guess -> guess.shareBytes() == bytes)
        .findFirst()
        .map(guess ->
            new ExpectedShare(
                Map.of(bytes, guess.layout()),
                tail(guess.layout().crypttextTree(), bytes),
                blocks(guess),
                maxTail()))
        .orElseGet(this::unknown);
  }

  private ExpectedShare unknown() {
    return new ExpectedShare(Map.of(), Section.NONE, Section.NONE, maxTail());
  }

  /** Returns how much may follow the blocks: what a store says of a share may be anything. */
  private long maxTail() {
    long longest =
        guesses.stream()
            .mapToLong(guess -> guess.end() - guess.layout().crypttextTree())
            .max()
            .orElse(SMALL_SHARE_BYTES);
    return Math.min(MAX_TAIL_BYTES, longest);
  }

  /** Returns what is expected of a share of which {@code head} is known. */
  ExpectedShare share(ShareHead head) {
    if (length == 0) {
      return ExpectedShare.UNKNOWN;
    }
    var geometry = head.extension().geometry();
    return ExpectedShare.of(head, geometry.segmentAt(offset), lastSegment(geometry));
  }

  /** Returns the last segment that is wanted. */
  int lastSegment(Geometry geometry) {
    return geometry.segmentAt(offset + Math.max(1, length) - 1);
  }

  private boolean isSmall(long shareBytes) {
    if (length == 0) {
      return false;
    }
    return shareBytes <= SMALL_SHARE_BYTES
        || (cap.size() <= SMALL_FILE_BYTES
            && 2 * length >= cap.size()
            && shareBytes <= SMALL_FILE_BYTES);
  }

  private static Section tail(long start, long end) {
    return end - start > MAX_TAIL_BYTES ? Section.NONE : new Section(start, end);
  }

  private Section blocks(Guess guess) {
    if (length == 0) {
      return Section.NONE;
    }
    var geometry = guess.geometry();
    int last = lastSegment(geometry);
    long data = guess.layout().data();
    return new Section(
        data + geometry.blockStart(geometry.segmentAt(offset)),
        data + geometry.blockStart(last) + geometry.blockBytes(last));
  }
}
