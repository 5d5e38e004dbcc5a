package io.raic.crypto.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.crypto.bytes.Bytes;
import io.raic.crypto.capability.ReadCap;
import io.raic.crypto.cipher.FileKey;
import io.raic.crypto.erasure.ErasureCode;
import io.raic.crypto.hash.HashList;
import io.raic.crypto.hash.MerkleTree;
import io.raic.crypto.hash.Tag;
import io.raic.crypto.hash.TaggedHash;
import io.raic.crypto.share.Geometry;
import io.raic.crypto.share.ShareLayout;
import io.raic.crypto.share.ShareReader;
import io.raic.crypto.share.ShareWriter;
import io.raic.crypto.share.UriExtension;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whoever makes a file can make every hash in it right, and yet not two files of it. */
class HostileUploaderTest {
  private static final FileKey KEY = FileKey.of(new byte[16]);
  private static final int SIZE = 59;
  private static final Geometry GEOMETRY = Geometry.of(SIZE, 2, 4, 60);

  @Test
  void sharesOfTwoFilesUnderOneCapAreRefused() throws IOException {
    byte[] first = random(1);
    byte[] second = random(2);
    byte[][] blocks = code(first);
    System.arraycopy(code(second), 2, blocks, 2, 2);
    var shares = upload(blocks, first);
    for (int i = 0; i < 4; i++) {
      ShareReader.open(Shares.source(shares.raw().get(i)), i, shares.cap().verifyCap()).verifyAll();
    }
    assertThat(shares.decode(0, 1)).hasSize(SIZE);
    for (int[] subset : new int[][] {{2, 3}, {0, 2}, {1, 3}, {3, 0}}) {
      assertThatThrownBy(() -> shares.decode(subset))
          .isInstanceOf(InconsistentFileException.class)
          .hasMessageContaining("segment 0");
    }
    assertThatThrownBy(() -> shares.repair(new int[] {0, 1}, 2, 3))
        .isInstanceOf(InconsistentFileException.class);
  }

  /** The file can be read, but its shares cannot be made again: nobody knows the padding. */
  @Test
  void paddingThatIsNotZeroDoesNotHinderReadingAndIsNotRepaired() throws IOException {
    byte[] padded = random(3);
    byte[] ciphertext = padded.clone();
    padded[SIZE] = 1;
    var shares = upload(code(padded), ciphertext);
    assertThat(shares.decode(0, 1)).isEqualTo(shares.decode(2, 3)).isEqualTo(shares.decode(1, 2));
    assertThatThrownBy(() -> shares.repair(new int[] {2, 3}, 0, 1))
        .isInstanceOf(InconsistentFileException.class);
  }

  @Test
  void aWrongHashOfTheWholeCiphertextIsFoundByRepair() throws IOException {
    byte[] ciphertext = random(4);
    var shares = upload(code(ciphertext), ciphertext, Bytes.copyOf(new byte[32]));
    assertThat(shares.decode(0, 3)).isEqualTo(shares.decode(2, 1));
    assertThatThrownBy(() -> shares.repair(new int[] {0, 3}, 1))
        .isInstanceOf(InconsistentFileException.class);
  }

  @Test
  void anotherCiphertextIsNotEncodedAsThisFile() throws IOException {
    byte[] plaintext = new byte[SIZE];
    var shares = Shares.encode(plaintext, KEY, GEOMETRY, ShareLayout.of(GEOMETRY));
    var original =
        ShareReader.open(Shares.source(shares.raw().getFirst()), 0, shares.cap().verifyCap())
            .extension();
    plaintext[SIZE - 1] = 1;
    var written = new ByteArrayOutputStream();
    var encoder =
        new FileEncoder(GEOMETRY, ShareLayout.of(GEOMETRY), Collections.nCopies(4, written::write));
    var other = new EncryptedStream(new ByteArrayInputStream(plaintext), KEY, GEOMETRY);
    assertThatThrownBy(() -> encoder.encodeAgain(other, original))
        .isInstanceOf(InconsistentFileException.class);
    assertThat(written.size()).isLessThan(4 * shares.raw().getFirst().length);
  }

  private static byte[] random(int seed) {
    byte[] padded = new byte[GEOMETRY.segmentBytes()];
    new Random(seed).nextBytes(padded);
    padded[SIZE] = 0;
    return padded;
  }

  private static byte[][] code(byte[] padded) {
    int length = GEOMETRY.blockBytes(0);
    byte[][] blocks = new byte[4][length];
    System.arraycopy(padded, 0, blocks[0], 0, length);
    System.arraycopy(padded, length, blocks[1], 0, length);
    ErasureCode.of(2, 4).encode(padded, length, Arrays.copyOfRange(blocks, 2, 4));
    return blocks;
  }

  private static Shares upload(byte[][] blocks, byte[] ciphertext) throws IOException {
    byte[] flat = TaggedHash.of(Tag.CRYPTTEXT).update(ciphertext, 0, SIZE).digest();
    return upload(blocks, ciphertext, Bytes.copyOf(flat));
  }

  private static Shares upload(byte[][] blocks, byte[] ciphertext, Bytes flat) throws IOException {
    var layout = ShareLayout.of(GEOMETRY);
    var streams = new ArrayList<ByteArrayOutputStream>();
    var writers = new ArrayList<ShareWriter>();
    var roots = new HashList();
    for (int i = 0; i < blocks.length; i++) {
      var stream = new ByteArrayOutputStream();
      var writer = new ShareWriter(GEOMETRY, layout, i, stream::write);
      writer.start();
      writer.blockHash(TaggedHash.hash(Tag.BLOCK, blocks[i]), 0);
      writer.block(blocks[i], 0, blocks[i].length);
      roots.add(writer.blockRoot().toByteArray(), 0);
      streams.add(stream);
      writers.add(writer);
    }
    var segments = new HashList();
    segments.add(TaggedHash.of(Tag.CRYPTTEXT_SEGMENT).update(ciphertext, 0, SIZE));
    var segmentTree = MerkleTree.of(segments);
    var shareTree = MerkleTree.of(roots);
    var extension = UriExtension.of(GEOMETRY, flat, segmentTree.root(), shareTree.root());
    for (var writer : writers) {
      writer.finish(segmentTree, shareTree, extension);
    }
    var cap = new ReadCap(KEY, extension.hash(), 2, 4, SIZE);
    return new Shares(cap, streams.stream().map(ByteArrayOutputStream::toByteArray).toList());
  }
}
