package io.raic.crypto.file;

import io.raic.crypto.bytes.Bytes;
import io.raic.crypto.hash.HashKernels;
import io.raic.crypto.hash.HashList;
import io.raic.crypto.hash.MerkleTree;
import io.raic.crypto.hash.TaggedHash;
import io.raic.crypto.share.Geometry;
import io.raic.crypto.share.ShareLayout;
import io.raic.crypto.share.ShareSink;
import io.raic.crypto.share.ShareWriter;
import io.raic.crypto.share.UriExtension;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Makes all shares of a ciphertext in one pass, some segments at a time.
 *
 * <p>Every share is a pure function of the ciphertext, its geometry and the share's number, so an
 * encoding can be repeated at any time. Memory: {@link #memoryBytes}. An encoder is used once, by
 * one thread; format §4 to §8.
 */
public final class FileEncoder {
  /** One segment at a time, which takes the least memory. */
  public static final int DEFAULT_DEPTH = 1;

  /** Enough for 1 TiB in 10 shares. */
  private static final long MAX_MEMORY_BYTES = 1L << 30;

  private final Geometry geometry;
  private final List<ShareWriter> writers;
  private final SegmentBatch batch;
  private final HashList segmentHashes = new HashList();

  /** Prepares an encoding that takes {@link #DEFAULT_DEPTH} segments at a time. */
  public FileEncoder(Geometry geometry, ShareLayout layout, List<ShareSink> sinks) {
    this(geometry, layout, sinks, DEFAULT_DEPTH);
  }

  /**
   * Prepares an encoding.
   *
   * <p>The hashes of several segments and their blocks are computed together, which takes less time
   * than one after the other where the machine has {@linkplain HashKernels lanes} for it: they are
   * full at a depth of 6 of 3-of-5, and worth it from 3 on. The shares are the same.
   *
   * @param sinks one for each of the {@code total} shares, in the order of their numbers; {@link
   *     ShareSink#NOWHERE} for those not wanted, which are hashed all the same
   * @param depth how many segments are taken at a time, from 1 up
   * @throws IllegalArgumentException if there are more or fewer sinks, or it would take more memory
   *     than any sensible file does
   */
  public FileEncoder(Geometry geometry, ShareLayout layout, List<ShareSink> sinks, int depth) {
    if (sinks.size() != geometry.total()) {
      throw new IllegalArgumentException(
          "%d sinks for %d shares".formatted(sinks.size(), geometry.total()));
    }
    if (depth < 1) {
      throw new IllegalArgumentException("want a depth of 1 or more, got " + depth);
    }
    if (!canEncode(geometry, depth)) {
      throw new IllegalArgumentException(
          "%d segments, %d at a time, in %d shares take %d bytes of memory to encode, more than %d"
              .formatted(
                  geometry.segments(),
                  depth,
                  geometry.total(),
                  memoryBytes(geometry, depth),
                  MAX_MEMORY_BYTES));
    }
    this.geometry = geometry;
    this.writers =
        IntStream.range(0, sinks.size())
            .mapToObj(i -> new ShareWriter(geometry, layout, i, sinks.get(i)))
            .toList();
    this.batch = new SegmentBatch(geometry, depth);
  }

  /** Says whether a file so large, in so many shares, can be encoded at all. */
  public static boolean canEncode(Geometry geometry) {
    return canEncode(geometry, 1);
  }

  /** Says whether it can be encoded with {@code depth} segments taken at a time. */
  public static boolean canEncode(Geometry geometry, int depth) {
    return memoryBytes(geometry, depth) <= MAX_MEMORY_BYTES;
  }

  /** Returns {@link #memoryBytes(Geometry, int)} of {@link #DEFAULT_DEPTH}. */
  public static long memoryBytes(Geometry geometry) {
    return memoryBytes(geometry, DEFAULT_DEPTH);
  }

  /**
   * Returns about how much memory an encoder holds: in a repair, the numbers are those of whoever
   * made the capability, and the caller should not let them be too large.
   */
  public static long memoryBytes(Geometry geometry, int depth) {
    long hashes = (long) TaggedHash.LENGTH * geometry.segments() * (geometry.total() + 1);
    // Lists of hashes grow by doubling; at the end there are two trees, and a copy of each.
    return SegmentBatch.memoryBytes(geometry, depth) + 2 * hashes + 4L * geometry.treeBytes();
  }

  /**
   * Writes all shares of a new file and returns its URI extension block, whose hash goes into the
   * capability.
   *
   * @throws IOException of {@code ciphertext} or a sink; what the sinks hold is worthless then
   */
  public UriExtension encode(Ciphertext ciphertext) throws IOException {
    var hashed = new FlatHash(ciphertext);
    return encode(hashed, hashed::digest);
  }

  /**
   * Writes all shares of a new file whose flat hash somebody else computes.
   *
   * @param flatHash what the {@link FlatHash} of the ciphertext gives, asked for once all of that
   *     was read
   * @throws IOException of {@code ciphertext} or a sink; what the sinks hold is worthless then
   */
  public UriExtension encode(Ciphertext ciphertext, Supplier<Bytes> flatHash) throws IOException {
    writeBlocks(ciphertext);
    var segmentTree = MerkleTree.of(segmentHashes);
    var shareTree = shareTree();
    var extension = UriExtension.of(geometry, flatHash.get(), segmentTree.root(), shareTree.root());
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
    var hashed = new FlatHash(ciphertext);
    writeBlocks(hashed);
    var segmentTree = MerkleTree.of(segmentHashes);
    var shareTree = shareTree();
    var flat = hashed.digest();
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
    int segment = 0;
    while (segment < geometry.segments()) {
      segment += batch.read(ciphertext, segment);
      batch.write(writers, segmentHashes);
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
