package io.raic.crypto.file;

import io.raic.crypto.erasure.ErasureCode;
import io.raic.crypto.hash.HashList;
import io.raic.crypto.hash.Tag;
import io.raic.crypto.hash.TaggedHash;
import io.raic.crypto.share.Geometry;
import java.io.IOException;

/**
 * The ciphertext that any {@code needed} shares of a file give, any segment in any order, each
 * compared with its own hash: shares made by a malicious uploader, all valid one by one, would
 * otherwise decode to one file here and another there.
 *
 * <p>Knows no key. For one thread at a time; format §9.
 */
public final class FileDecoder implements Ciphertext {
  private final BlockSupply supply;
  private final Geometry geometry;
  private final HashList segmentHashes;
  private final ErasureCode code;
  private final TaggedHash segmentHash = TaggedHash.of(Tag.CRYPTTEXT_SEGMENT);

  /**
   * Opens the file of {@code supply}.
   *
   * @throws IOException if no good share can be had
   */
  public FileDecoder(BlockSupply supply) throws IOException {
    this.supply = supply;
    this.geometry = supply.extension().geometry();
    this.segmentHashes = supply.segmentHashes();
    this.code = ErasureCode.of(geometry.needed(), geometry.total());
  }

  @Override
  public Geometry geometry() {
    return geometry;
  }

  @Override
  public void read(int segment, byte[] target) throws IOException {
    var blocks = supply.blocks(segment);
    code.decode(blocks.shareNumbers(), blocks.blocks(), geometry.blockBytes(segment), target);
    segmentHash.update(target, 0, geometry.segmentLength(segment));
    if (!segmentHashes.matches(segment, segmentHash)) {
      throw new InconsistentFileException(
          "segment %d of the ciphertext has the wrong hash, though its blocks have the right ones"
              .formatted(segment));
    }
  }
}
