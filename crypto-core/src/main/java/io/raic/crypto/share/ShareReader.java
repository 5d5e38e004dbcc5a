package io.raic.crypto.share;

import io.raic.crypto.bytes.Bytes;
import io.raic.crypto.capability.VerifyCap;
import io.raic.crypto.hash.HashList;
import io.raic.crypto.hash.MerkleTree;
import io.raic.crypto.hash.Tag;
import io.raic.crypto.hash.TaggedHash;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;

/**
 * Reads one share and returns nothing that its verify cap does not vouch for: block hash, block
 * hash tree, share hash chain, URI extension block and capability are checked link by link.
 *
 * <p>Where a section stands is taken from the share's header; how long it is, only from the
 * capability and the block it vouches for, so a hostile share makes nobody allocate. For one thread
 * at a time; format §9.
 */
public final class ShareReader {
  /** Trees are read in parts of this length, as far as there is something to read. */
  private static final int PART_BYTES = 1 << 20;

  private final ShareSource source;
  private final ShareHead head;
  private final int shareNumber;
  private final ShareLayout layout;
  private final UriExtension extension;
  private final HashList blockHashes;
  private final TaggedHash blockHash = TaggedHash.of(Tag.BLOCK);

  /** Reads the share that {@code head} was read of; nothing is read yet. */
  public ShareReader(ShareSource source, ShareHead head) {
    this.source = source;
    this.head = head;
    this.shareNumber = head.shareNumber();
    this.layout = head.layout();
    this.extension = head.extension();
    this.blockHashes = head.blockHashes();
  }

  /**
   * Opens the share and verifies all of it but the blocks and the ciphertext hash tree.
   *
   * @throws CorruptShareException if it is not share {@code shareNumber} of the file
   * @throws IOException if the source fails
   */
  public static ShareReader open(ShareSource source, int shareNumber, VerifyCap cap)
      throws IOException {
    return open(source, layout(source, shareNumber), shareNumber, cap);
  }

  /**
   * Opens the share without reading its header.
   *
   * @param layout where its sections are; a wrong one makes the share look corrupt, and no more
   * @throws CorruptShareException if it is not share {@code shareNumber} of the file
   * @throws IOException if the source fails
   */
  public static ShareReader open(
      ShareSource source, ShareLayout layout, int shareNumber, VerifyCap cap) throws IOException {
    if (shareNumber < 0 || shareNumber >= cap.total()) {
      throw new CorruptShareException(shareNumber, "the file has only " + cap.total() + " shares");
    }
    try {
      var extension = extension(source, layout, cap);
      var geometry = extension.geometry();
      byte[] chain = exactly(source, layout.chain(), ShareHashChain.bytes(geometry.total()));
      var root =
          ShareHashChain.verifiedLeaf(chain, cap.total(), shareNumber, extension.shareRoot());
      var hashes = leaves(source, layout.blockTree(), geometry, root, "block hash tree");
      return new ShareReader(source, new ShareHead(shareNumber, layout, extension, hashes));
    } catch (IllegalArgumentException e) {
      throw new CorruptShareException(shareNumber, String.valueOf(e.getMessage()));
    }
  }

  /**
   * Reads the header of a share.
   *
   * @return where its sections are, as it says
   * @throws CorruptShareException if it is none
   * @throws IOException if the source fails
   */
  public static ShareLayout layout(ShareSource source, int shareNumber) throws IOException {
    try {
      return ShareLayout.parse(header(source));
    } catch (IllegalArgumentException e) {
      throw new CorruptShareException(shareNumber, String.valueOf(e.getMessage()));
    }
  }

  private static byte[] header(ShareSource source) throws IOException {
    byte[] header = new byte[ShareLayout.MAX_HEADER_BYTES];
    return Arrays.copyOf(header, source.read(0, header, 0, header.length));
  }

  private static UriExtension extension(ShareSource source, ShareLayout layout, VerifyCap cap)
      throws IOException {
    int lengthBytes = layout.extensionLengthBytes();
    var field = ByteBuffer.wrap(exactly(source, layout.extension(), lengthBytes));
    long length = lengthBytes == Integer.BYTES ? field.getInt() : field.getLong();
    if (length < 0 || length >= UriExtension.LIMIT) {
      throw new IllegalArgumentException("URI extension block: length out of bounds");
    }
    var raw = Bytes.copyOf(exactly(source, layout.extension() + lengthBytes, (int) length));
    var hash = TaggedHash.hash(Tag.URI_EXTENSION, raw.toByteArray());
    if (!cap.uebHash().matches(hash, 0)) {
      throw new IllegalArgumentException("URI extension block: not the capability's");
    }
    return UriExtension.parse(raw, cap.needed(), cap.total(), cap.size());
  }

  private static HashList leaves(
      ShareSource source, long treeStart, Geometry geometry, Bytes root, String what)
      throws IOException {
    int leaves = geometry.segments();
    int firstLeaf = (MerkleTree.width(leaves) - 1) * TaggedHash.LENGTH;
    var hashes = new HashList();
    forParts(
        source,
        treeStart + firstLeaf,
        leaves * TaggedHash.LENGTH,
        (_, part, length) -> {
          for (int i = 0; i < length; i += TaggedHash.LENGTH) {
            hashes.add(part, i);
          }
        });
    if (!MerkleTree.of(hashes).root().equals(root)) {
      throw new IllegalArgumentException(what + ": does not lead to its root");
    }
    return hashes;
  }

  /** Takes the next {@code length} bytes, which were {@code at} bytes behind the start. */
  @FunctionalInterface
  private interface Part {
    void take(int at, byte[] part, int length);
  }

  private static void forParts(ShareSource source, long start, int total, Part action)
      throws IOException {
    for (int at = 0; at < total; at += PART_BYTES) {
      int length = Math.min(PART_BYTES, total - at);
      action.take(at, exactly(source, start + at, length), length);
    }
  }

  private static byte[] exactly(ShareSource source, long offset, int length) throws IOException {
    byte[] bytes = new byte[length];
    if (source.read(offset, bytes, 0, length) != length) {
      throw new IllegalArgumentException("cut off");
    }
    return bytes;
  }

  /** Returns what was verified when the share was opened. */
  public ShareHead head() {
    return head;
  }

  /** Returns the number of the share. */
  public int shareNumber() {
    return shareNumber;
  }

  /** Returns the verified URI extension block. */
  public UriExtension extension() {
    return extension;
  }

  /** Returns the layout its header tells. */
  public ShareLayout layout() {
    return layout;
  }

  /**
   * Reads the hashes of the ciphertext's segments, which every share holds.
   *
   * @throws CorruptShareException if this share's copy is not what the capability vouches for
   */
  public HashList segmentHashes() throws IOException {
    try {
      return leaves(
          source,
          layout.crypttextTree(),
          extension.geometry(),
          extension.crypttextRoot(),
          "ciphertext hash tree");
    } catch (IllegalArgumentException e) {
      throw new CorruptShareException(shareNumber, String.valueOf(e.getMessage()));
    }
  }

  /**
   * Reads and verifies the block of {@code segment} into the start of {@code target}.
   *
   * @throws CorruptShareException if the block is not what the capability vouches for; {@code
   *     target} then holds bytes that must not be used
   */
  public void readBlock(int segment, byte[] target) throws IOException {
    var geometry = extension.geometry();
    Objects.checkIndex(segment, geometry.segments());
    int length = geometry.blockBytes(segment);
    long start = layout.data() + geometry.blockStart(segment);
    if (source.read(start, target, 0, length) != length) {
      throw new CorruptShareException(shareNumber, "cut off in block " + segment);
    }
    if (!blockHashes.matches(segment, blockHash.update(target, 0, length))) {
      throw new CorruptShareException(shareNumber, "block " + segment + " has the wrong hash");
    }
  }

  /**
   * Reads every byte of the share and checks it, those that reading a file can do without too.
   *
   * @throws CorruptShareException if one of them is not what the writer of this file writes
   */
  public void verifyAll() throws IOException {
    var bad = badBlocks();
    if (!bad.isEmpty()) {
      throw new CorruptShareException(
          shareNumber, "block " + bad.nextSetBit(0) + " has the wrong hash");
    }
    verifyAllButBlocks();
  }

  /**
   * Reads all blocks and returns the segments whose blocks are not what the capability vouches for;
   * the other blocks can be used all the same.
   *
   * @throws IOException if the source fails
   */
  public BitSet badBlocks() throws IOException {
    var geometry = extension.geometry();
    var bad = new BitSet();
    byte[] block = new byte[geometry.blockBytes(0)];
    for (int segment = 0; segment < geometry.segments(); segment++) {
      try {
        readBlock(segment, block);
      } catch (CorruptShareException _) {
        bad.set(segment);
      }
    }
    return bad;
  }

  /**
   * Reads what is not a block and checks it.
   *
   * @throws CorruptShareException if it is not what the writer of this file writes
   */
  public void verifyAllButBlocks() throws IOException {
    var geometry = extension.geometry();
    if (!layout.equals(ShareLayout.of(geometry, layout.version()))) {
      throw new CorruptShareException(shareNumber, "the header has wrong numbers");
    }
    try {
      verifyTree(layout.blockTree(), MerkleTree.of(blockHashes), "block hash tree");
      verifyTree(layout.crypttextTree(), MerkleTree.of(segmentHashes()), "ciphertext hash tree");
      if (!extension.hasPlaintextHashes()) {
        verifyZeros(layout.plaintextTree(), geometry.treeBytes());
      }
    } catch (IllegalArgumentException e) {
      throw new CorruptShareException(shareNumber, String.valueOf(e.getMessage()));
    }
  }

  private void verifyTree(long start, MerkleTree tree, String what) throws IOException {
    forParts(
        source,
        start,
        extension.geometry().treeBytes(),
        (at, part, length) -> {
          if (!tree.matches(at, part, length)) {
            throw new IllegalArgumentException(what + ": an inner node is wrong");
          }
        });
  }

  private void verifyZeros(long start, int length) throws IOException {
    forParts(
        source,
        start,
        length,
        (_, part, _) -> {
          for (byte b : part) {
            if (b != 0) {
              throw new IllegalArgumentException("the unused tree is not empty");
            }
          }
        });
  }
}
