package io.raic.crypto.file;

import io.raic.crypto.erasure.ErasureCode;
import io.raic.crypto.hash.HashBatch;
import io.raic.crypto.hash.HashList;
import io.raic.crypto.hash.Tag;
import io.raic.crypto.hash.TaggedHash;
import io.raic.crypto.share.Geometry;
import io.raic.crypto.share.ShareWriter;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * A few consecutive segments that are coded and hashed together, and the buffers for them.
 *
 * <p>For one thread at a time.
 */
final class SegmentBatch {
  /** Parity beyond this is made in several passes over the segment. */
  private static final int MAX_PARITY_BYTES = 16 << 20;

  private final Geometry geometry;
  private final ErasureCode code;
  private final byte[][] segments;
  private final byte[][][] parity;
  private final HashBatch hashes = new HashBatch();
  private final byte[] digests;
  private int first;
  private int count;

  /** Makes buffers for {@link #depth} segments. */
  SegmentBatch(Geometry geometry, int depth) {
    this.geometry = geometry;
    this.code = ErasureCode.of(geometry.needed(), geometry.total());
    int size = depth(geometry, depth);
    this.segments = new byte[size][geometry.segmentBytes()];
    this.parity = new byte[size][parityBlocks(geometry)][geometry.blockBytes(0)];
    int shares = geometry.needed() + parityBlocks(geometry);
    this.digests = new byte[size * (shares + 1) * TaggedHash.LENGTH];
  }

  /**
   * Returns how many segments there are in a batch, if {@code wanted} is how many there may be: no
   * more than the file has, and one where not even the parity of that is held at once.
   */
  static int depth(Geometry geometry, int wanted) {
    boolean whole = parityBlocks(geometry) == geometry.total() - geometry.needed();
    return whole ? Math.min(wanted, geometry.segments()) : 1;
  }

  /** Returns how much memory the buffers are. */
  static long memoryBytes(Geometry geometry, int depth) {
    long segment = geometry.segmentBytes() + (long) parityBlocks(geometry) * geometry.blockBytes(0);
    return depth(geometry, depth) * segment;
  }

  /** Returns how many parity blocks of a segment are made at once. */
  private static int parityBlocks(Geometry geometry) {
    int wanted = geometry.total() - geometry.needed();
    return Math.min(wanted, Math.max(2, MAX_PARITY_BYTES / geometry.blockBytes(0)));
  }

  /**
   * Reads the segments from {@code from} on, as many as there is room for, and returns how many.
   */
  int read(Ciphertext ciphertext, int from) throws IOException {
    first = from;
    count = Math.min(segments.length, geometry.segments() - first);
    for (int i = 0; i < count; i++) {
      segments[i] = ciphertext.exchange(first + i, segments[i]);
      int length = geometry.segmentLength(first + i);
      // The padding is ciphertext that nobody hashes as such: it is added after encryption.
      int padded = geometry.needed() * geometry.blockBytes(first + i);
      Arrays.fill(segments[i], length, padded, (byte) 0);
    }
    return count;
  }

  /** Codes what was read, adds all hashes to where they belong, and writes the blocks. */
  void write(List<ShareWriter> writers, HashList segmentHashes) throws IOException {
    for (int i = 0; i < count; i++) {
      hashes.add(Tag.CRYPTTEXT_SEGMENT, segments[i], 0, geometry.segmentLength(first + i));
    }
    int done = 0;
    while (done < geometry.total()) {
      int firstParity = Math.max(done, geometry.needed());
      int end = Math.min(geometry.total(), firstParity + parityBlocks(geometry));
      code(firstParity, end - firstParity);
      for (int share = done; share < end; share++) {
        for (int i = 0; i < count; i++) {
          forBlock(
              share, i, firstParity, (data, at, bytes) -> hashes.add(Tag.BLOCK, data, at, bytes));
        }
      }
      int segmentCount = done == 0 ? count : 0;
      hashes.digest(digests, 0);
      for (int i = 0; i < segmentCount; i++) {
        segmentHashes.add(digests, i * TaggedHash.LENGTH);
      }
      for (int i = 0; i < (end - done) * count; i++) {
        writers.get(done + i / count).blockHash(digests, (segmentCount + i) * TaggedHash.LENGTH);
      }
      // Segment by segment, so that all stores have something to do.
      for (int i = 0; i < count; i++) {
        for (int share = done; share < end; share++) {
          forBlock(share, i, firstParity, writers.get(share)::block);
        }
      }
      done = end;
    }
  }

  private void code(int firstParity, int blocks) {
    for (int i = 0; i < count; i++) {
      byte[][] targets = Arrays.copyOf(parity[i], blocks);
      code.encode(segments[i], geometry.blockBytes(first + i), firstParity, targets);
    }
  }

  /** Takes a block. */
  @FunctionalInterface
  private interface BlockAction {
    void take(byte[] data, int offset, int length) throws IOException;
  }

  /** Does something with the block of {@code share} in the segment {@code i} of this batch. */
  private void forBlock(int share, int i, int firstParity, BlockAction action) throws IOException {
    int length = geometry.blockBytes(first + i);
    if (share < geometry.needed()) {
      action.take(segments[i], share * length, length);
    } else {
      action.take(parity[i][share - firstParity], 0, length);
    }
  }
}
