package io.raic.gateway.file;

import io.raic.crypto.file.Ciphertext;
import io.raic.crypto.hash.Tag;
import io.raic.crypto.hash.TaggedHash;
import io.raic.crypto.share.Geometry;
import io.raic.gateway.grid.FileHead;
import java.io.IOException;
import java.util.Optional;

/**
 * A file's ciphertext, out of the cache where that has it, and else out of the stores, and then the
 * cache has it. What the cache gives is compared with the segment's hash, and dropped if it is not
 * right.
 *
 * <p>The stores are asked for what is missing up to the next segment that is there, and for nothing
 * if nothing is missing. For one thread at a time.
 */
final class CachedCiphertext implements Ciphertext {
  /** Opens parts of a file; opening one closes the one before. */
  @FunctionalInterface
  interface Stores {
    /** Opens {@code length} bytes from {@code offset} on. */
    Ciphertext open(long offset, long length) throws IOException;
  }

  private final FileHead head;
  private final SegmentCache.OfFile cache;
  private final int last;
  private final Stores stores;
  private final TaggedHash segmentHash = TaggedHash.of(Tag.CRYPTTEXT_SEGMENT);
  private Optional<Ciphertext> part = Optional.empty();
  private int partNext;
  private int partEnd;

  /**
   * Reads the file of {@code head}.
   *
   * @param last the last segment that is wanted
   */
  CachedCiphertext(FileHead head, SegmentCache.OfFile cache, int last, Stores stores) {
    this.head = head;
    this.cache = cache;
    this.last = last;
    this.stores = stores;
  }

  /** Continues with {@code opened}, which gives the segments from {@code first} to the last. */
  void startWith(Ciphertext opened, int first) {
    part = Optional.of(opened);
    partNext = first;
    partEnd = last + 1;
  }

  @Override
  public Geometry geometry() {
    return head.geometry();
  }

  @Override
  public void read(int segment, byte[] target) throws IOException {
    int length = geometry().segmentLength(segment);
    boolean isOpen = part.isPresent() && partNext <= segment && segment < partEnd;
    if (!isOpen && isCached(segment, target, length)) {
      return;
    }
    var opened = isOpen ? part.orElseThrow() : open(segment);
    opened.read(segment, target);
    partNext = segment + 1;
    cache.put(segment, target, length);
  }

  private boolean isCached(int segment, byte[] target, int length) {
    var found = cache.read(segment, target, length);
    if (found.isEmpty()) {
      return false;
    }
    segmentHash.update(target, 0, length);
    boolean isRight = head.segmentHashes().matches(segment, segmentHash);
    if (!isRight) {
      found.get().drop();
    }
    return isRight;
  }

  private Ciphertext open(int segment) throws IOException {
    int end = Math.min(cache.firstFrom(segment + 1).orElse(last + 1), Math.max(last, segment) + 1);
    long start = geometry().segmentStart(segment);
    long bytes = geometry().segmentStart(end - 1) + geometry().segmentLength(end - 1) - start;
    var opened = stores.open(start, bytes);
    part = Optional.of(opened);
    partEnd = end;
    return opened;
  }
}
