package io.raic.crypto.share;

import io.raic.crypto.bytes.Bytes;
import io.raic.crypto.hash.HashList;
import io.raic.crypto.hash.MerkleTree;
import io.raic.crypto.hash.Tag;
import java.io.IOException;

/**
 * Writes one share in a single pass: its header, a block for each segment, then the trees, the
 * chain and the URI extension block.
 *
 * <p>The length is known before the first byte ({@link ShareLayout#shareBytes}). Memory: 32 bytes a
 * segment. For one thread at a time; format §8.
 */
public final class ShareWriter {
  private static final byte[] ZEROS = new byte[8192];

  private final ShareLayout layout;
  private final Geometry geometry;
  private final int shareNumber;
  private final ShareSink sink;
  private final HashList blockHashes = new HashList();

  /** Prepares share {@code shareNumber}; nothing is written yet. */
  public ShareWriter(Geometry geometry, ShareLayout layout, int shareNumber, ShareSink sink) {
    this.geometry = geometry;
    this.layout = layout;
    this.shareNumber = shareNumber;
    this.sink = sink;
  }

  /** Writes the header. */
  public void start() throws IOException {
    write(layout.header());
  }

  /**
   * Adds the hash of the block of the next segment: whoever has many blocks hashes them at once.
   *
   * @param hashes where the 32 bytes of the block's hash are, with the tag {@link Tag#BLOCK}
   */
  public void blockHash(byte[] hashes, int offset) {
    blockHashes.add(hashes, offset);
  }

  /**
   * Writes the block of the next segment, {@code length} bytes of {@code data}; its hash is given
   * to {@link #blockHash}, before or after.
   */
  public void block(byte[] data, int offset, int length) throws IOException {
    sink.write(data, offset, length);
  }

  /** Returns the root of the block hash tree: this share's leaf in the share hash tree. */
  public Bytes blockRoot() {
    return MerkleTree.of(blockHashes).root();
  }

  /** Writes what follows the blocks; the share is complete then. */
  public void finish(MerkleTree segmentTree, MerkleTree shareTree, UriExtension extension)
      throws IOException {
    for (int left = geometry.treeBytes(); left > 0; left -= ZEROS.length) {
      sink.write(ZEROS, 0, Math.min(left, ZEROS.length));
    }
    write(segmentTree.toByteArray());
    write(MerkleTree.of(blockHashes).toByteArray());
    write(ShareHashChain.of(shareTree, shareNumber));
    byte[] raw = extension.raw().toByteArray();
    byte[] length = new byte[layout.extensionLengthBytes()];
    length[length.length - 1] = (byte) raw.length;
    length[length.length - 2] = (byte) (raw.length >>> Byte.SIZE);
    write(length);
    write(raw);
  }

  private void write(byte[] data) throws IOException {
    sink.write(data, 0, data.length);
  }
}
