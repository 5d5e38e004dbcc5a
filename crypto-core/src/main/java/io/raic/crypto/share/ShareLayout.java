package io.raic.crypto.share;

import java.nio.ByteBuffer;

/**
 * Where the sections of a share stand: data, an unused tree, the ciphertext hash tree, the block
 * hash tree, the share hash chain and the URI extension block, in this order and without gaps.
 *
 * <p>Version 1 has 32-bit offsets, version 2 has 64-bit ones; format §8.
 *
 * @param version 1 or 2
 * @param blockBytes block size field, informational
 * @param dataBytes share data size field, informational
 * @param data offset of the blocks
 * @param plaintextTree offset of the unused tree
 * @param crypttextTree offset of the ciphertext hash tree
 * @param blockTree offset of the block hash tree
 * @param chain offset of the share hash chain
 * @param extension offset of the length of the URI extension block
 */
public record ShareLayout(
    int version,
    long blockBytes,
    long dataBytes,
    long data,
    long plaintextTree,
    long crypttextTree,
    long blockTree,
    long chain,
    long extension) {

  /** Bytes that hold the header of either version. */
  public static final int MAX_HEADER_BYTES = 0x44;

  private static final int V1_HEADER_BYTES = 0x24;
  private static final long V1_LIMIT = 1L << 32;

  /** No share is this long; sums of offsets and lengths below it do not overflow. */
  private static final long MAX_OFFSET = 1L << 60;

  /** Checks that the version can express the offsets, and that they are in order. */
  public ShareLayout {
    if (version != 1 && version != 2) {
      throw new IllegalArgumentException("share header: unknown version");
    }
    long limit = version == 1 ? V1_LIMIT : MAX_OFFSET;
    long previous = headerBytes(version);
    long[] offsets = {data, plaintextTree, crypttextTree, blockTree, chain, extension};
    for (int i = 0; i < offsets.length; i++) {
      if (offsets[i] < previous || offsets[i] >= limit) {
        throw new IllegalArgumentException("share header: offset " + i + " out of order");
      }
      previous = offsets[i];
    }
  }

  /** Returns the layout a writer gives a share: version 1 while its offsets fit. */
  public static ShareLayout of(Geometry geometry) {
    long v1Extension =
        V1_HEADER_BYTES
            + geometry.dataBytes()
            + 3L * geometry.treeBytes()
            + ShareHashChain.bytes(geometry.total());
    return of(geometry, v1Extension < V1_LIMIT ? 1 : 2);
  }

  /**
   * Returns the layout in the given version.
   *
   * @throws IllegalArgumentException if the version is not 1 or 2, or 1 and the share too long
   */
  public static ShareLayout of(Geometry geometry, int version) {
    long data = headerBytes(version);
    long plaintextTree = data + geometry.dataBytes();
    long crypttextTree = plaintextTree + geometry.treeBytes();
    long blockTree = crypttextTree + geometry.treeBytes();
    long chain = blockTree + geometry.treeBytes();
    return new ShareLayout(
        version,
        geometry.segmentBytes() / geometry.needed(),
        geometry.dataBytes(),
        data,
        plaintextTree,
        crypttextTree,
        blockTree,
        chain,
        chain + ShareHashChain.bytes(geometry.total()));
  }

  /**
   * Reads a header. The offsets are only known to be positive and in order: what they point at is
   * believed when its hash is right.
   *
   * @param header at least {@value #MAX_HEADER_BYTES} bytes, or all that the share has
   * @throws IllegalArgumentException if the version is unknown, or an offset or the header's end is
   *     where it cannot be
   */
  public static ShareLayout parse(byte[] header) {
    var in = ByteBuffer.wrap(header);
    int version = in.remaining() < Integer.BYTES ? 0 : in.getInt();
    if (header.length < headerBytes(version)) {
      throw new IllegalArgumentException("share header: cut off, or of an unknown version");
    }
    long[] field = new long[8];
    for (int i = 0; i < field.length; i++) {
      field[i] = version == 1 ? Integer.toUnsignedLong(in.getInt()) : in.getLong();
    }
    return new ShareLayout(
        version, field[0], field[1], field[2], field[3], field[4], field[5], field[6], field[7]);
  }

  /** Returns the header as it stands at the start of a share. */
  public byte[] header() {
    var out = ByteBuffer.allocate(headerBytes(version));
    out.putInt(version);
    long[] fields = {
      blockBytes, dataBytes, data, plaintextTree, crypttextTree, blockTree, chain, extension
    };
    for (long field : fields) {
      if (version == 1) {
        out.putInt((int) field);
      } else {
        out.putLong(field);
      }
    }
    return out.array();
  }

  /** Returns the bytes of the length that stands before the URI extension block. */
  public int extensionLengthBytes() {
    return version == 1 ? Integer.BYTES : Long.BYTES;
  }

  /** Returns the length of a share whose URI extension block has {@code extensionBytes}. */
  public long shareBytes(int extensionBytes) {
    return extension + extensionLengthBytes() + extensionBytes;
  }

  private static int headerBytes(int version) {
    return version == 1 ? V1_HEADER_BYTES : MAX_HEADER_BYTES;
  }
}
