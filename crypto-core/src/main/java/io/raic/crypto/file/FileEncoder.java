package io.raic.crypto.file;

import io.raic.crypto.bytes.Bytes;
import io.raic.crypto.erasure.ErasureCode;
import io.raic.crypto.hash.HashList;
import io.raic.crypto.hash.MerkleTree;
import io.raic.crypto.hash.Tag;
import io.raic.crypto.hash.TaggedHash;
import io.raic.crypto.share.Geometry;
import io.raic.crypto.share.ShareLayout;
import io.raic.crypto.share.ShareSink;
import io.raic.crypto.share.ShareWriter;
import io.raic.crypto.share.UriExtension;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Makes all shares of a ciphertext in one pass.
 *
 * <p>Every share is a pure function of the ciphertext, its geometry and the share's number, so an
 * encoding can be repeated at any time. Memory: {@link #memoryBytes}. An encoder is used once, by
 * one thread; format §4 to §8.
 */
public final class FileEncoder {
  /** Parity beyond this is made in several passes over the segment. */
  private static final int MAX_PARITY_BYTES = 16 << 20;

  /** Enough for 1 TiB in 10 shares. */
  private static final long MAX_MEMORY_BYTES = 1L << 30;

  private final Geometry geometry;
  private final List<ShareWriter> writers;
  private final ErasureCode code;
  private final byte[] segmentBuffer;
  private final byte[][] parity;
  private final TaggedHash crypttextHash = TaggedHash.of(Tag.CRYPTTEXT);
  private final TaggedHash segmentHash = TaggedHash.of(Tag.CRYPTTEXT_SEGMENT);
  private final HashList segmentHashes = new HashList();

  /**
   * Prepares an encoding.
   *
   * @param sinks one for each of the {@code total} shares, in the order of their numbers; {@link
   *     ShareSink#NOWHERE} for those not wanted, which are hashed all the same
   * @throws IllegalArgumentException if there are more or fewer, or it would take more memory than
   *     any sensible file does
   */
  public FileEncoder(Geometry geometry, ShareLayout layout, List<ShareSink> sinks) {
    if (sinks.size() != geometry.total()) {
      throw new IllegalArgumentException(
          "%d sinks for %d shares".formatted(sinks.size(), geometry.total()));
    }
    if (!canEncode(geometry)) {
      throw new IllegalArgumentException(
          "%d segments in %d shares take %d bytes of memory to encode, more than %d"
              .formatted(
                  geometry.segments(), geometry.total(), memoryBytes(geometry), MAX_MEMORY_BYTES));
    }
    this.geometry = geometry;
    this.writers =
        IntStream.range(0, sinks.size())
            .mapToObj(i -> new ShareWriter(geometry, layout, i, sinks.get(i)))
            .toList();
    this.code = ErasureCode.of(geometry.needed(), geometry.total());
    this.segmentBuffer = new byte[geometry.segmentBytes()];
    this.parity = new byte[parityBlocks(geometry)][geometry.blockBytes(0)];
  }

  /** Says whether a file so large, in so many shares, can be encoded at all. */
  public static boolean canEncode(Geometry geometry) {
    return memoryBytes(geometry) <= MAX_MEMORY_BYTES;
  }

  /**
   * Returns about how much memory an encoder holds: in a repair, the numbers are those of whoever
   * made the capability, and the caller should not let them be too large.
   */
  public static long memoryBytes(Geometry geometry) {
    long buffers = geometry.segmentBytes() + (long) parityBlocks(geometry) * geometry.blockBytes(0);
    long hashes = (long) TaggedHash.LENGTH * geometry.segments() * (geometry.total() + 1);
    // Lists of hashes grow by doubling; at the end there are two trees, and a copy of each.
    return buffers + 2 * hashes + 4L * geometry.treeBytes();
  }

  /** Returns how many parity blocks of a segment are made at once. */
  private static int parityBlocks(Geometry geometry) {
    int wanted = geometry.total() - geometry.needed();
    return Math.min(wanted, Math.max(2, MAX_PARITY_BYTES / geometry.blockBytes(0)));
  }

  /**
   * Writes all shares of a new file and returns its URI extension block, whose hash goes into the
   * capability.
   *
   * @throws IOException of {@code ciphertext} or a sink; what the sinks hold is worthless then
   */
  public UriExtension encode(Ciphertext ciphertext) throws IOException {
    writeBlocks(ciphertext);
    var segmentTree = MerkleTree.of(segmentHashes);
    var shareTree = shareTree();
    var extension =
        UriExtension.of(
            geometry, Bytes.copyOf(crypttextHash.digest()), segmentTree.root(), shareTree.root());
    finish(segmentTree, shareTree, extension);
    return extension;
  }

  /**
   * Writes shares of an existing file again, equal to its own byte for byte, knowing no key.
   *
   * @param original the file's verified URI extension block
   * @throws InconsistentFileException if the ciphertext is not the file's; the sinks then lack the
   *     end of their shares and must drop them
   */
  public void encodeAgain(Ciphertext ciphertext, UriExtension original) throws IOException {
    writeBlocks(ciphertext);
    var segmentTree = MerkleTree.of(segmentHashes);
    var shareTree = shareTree();
    var flat = Bytes.copyOf(crypttextHash.digest());
    if (!segmentTree.root().equals(original.crypttextRoot())
        || !shareTree.root().equals(original.shareRoot())
        || !original.crypttextHash().orElse(flat).equals(flat)) {
      throw new InconsistentFileException(
          "encoding the ciphertext does not give the file's shares");
    }
    finish(segmentTree, shareTree, original);
  }

  private void writeBlocks(Ciphertext ciphertext) throws IOException {
    for (var writer : writers) {
      writer.start();
    }
    for (int segment = 0; segment < geometry.segments(); segment++) {
      ciphertext.read(segment, segmentBuffer);
      writeSegment(geometry.segmentLength(segment), geometry.blockBytes(segment));
    }
  }

  private void writeSegment(int length, int blockBytes) throws IOException {
    crypttextHash.update(segmentBuffer, 0, length);
    segmentHashes.add(segmentHash.update(segmentBuffer, 0, length));
    int needed = geometry.needed();
    // The padding is ciphertext that nobody hashes as such: it is added after encryption.
    Arrays.fill(segmentBuffer, length, needed * blockBytes, (byte) 0);
    for (int i = 0; i < needed; i++) {
      writers.get(i).block(segmentBuffer, i * blockBytes, blockBytes);
    }
    for (int first = needed; first < writers.size(); first += parity.length) {
      int count = Math.min(parity.length, writers.size() - first);
      byte[][] blocks = Arrays.copyOf(parity, count);
      code.encode(segmentBuffer, blockBytes, first, blocks);
      for (int i = 0; i < count; i++) {
        writers.get(first + i).block(blocks[i], 0, blockBytes);
      }
    }
  }

  private MerkleTree shareTree() {
    var roots = new HashList();
    for (var writer : writers) {
      roots.add(writer.blockRoot().toByteArray(), 0);
    }
    return MerkleTree.of(roots);
  }

  private void finish(MerkleTree segmentTree, MerkleTree shareTree, UriExtension extension)
      throws IOException {
    for (var writer : writers) {
      writer.finish(segmentTree, shareTree, extension);
    }
  }
}
