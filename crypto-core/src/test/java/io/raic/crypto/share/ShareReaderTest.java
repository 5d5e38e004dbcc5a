package io.raic.crypto.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.crypto.bytes.Bytes;
import io.raic.crypto.capability.StorageIndex;
import io.raic.crypto.capability.VerifyCap;
import io.raic.crypto.cipher.FileKey;
import io.raic.crypto.file.Shares;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing of a share is believed that its capability does not vouch for. */
class ShareReaderTest {
  private static final FileKey KEY = FileKey.of(new byte[16]);

  /** One segment; several, with fillers in the trees; version 2; a single share. */
  static Stream<Shares> files() {
    return Stream.of(
        file(56, 3, 5, 100, 1),
        file(61, 2, 4, 12, 1),
        file(56, 1, 3, 30, 2),
        file(57, 1, 1, 57, 1));
  }

  private static Shares file(int size, int needed, int total, int maxSegmentBytes, int version) {
    byte[] plaintext = new byte[size];
    new Random(size).nextBytes(plaintext);
    var geometry = Geometry.of(size, needed, total, maxSegmentBytes);
    return Shares.encode(plaintext, KEY, geometry, ShareLayout.of(geometry, version));
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyFlippedBitOfEveryShareIsDetected(Shares shares) throws IOException {
    for (int number = 0; number < shares.cap().total(); number++) {
      verify(shares.raw().get(number), number, shares);
      byte[] raw = shares.raw().get(number).clone();
      for (int bit = 0; bit < 8 * raw.length; bit++) {
        raw[bit / 8] ^= (byte) (1 << bit % 8);
        assertCorrupt(raw, number, shares);
        raw[bit / 8] ^= (byte) (1 << bit % 8);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyCutIsDetected(Shares shares) {
    for (int number = 0; number < shares.cap().total(); number++) {
      byte[] raw = shares.raw().get(number);
      for (int length = 0; length < raw.length; length++) {
        assertCorrupt(Arrays.copyOf(raw, length), number, shares);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void aShareIsNotTakenForAnother(Shares shares) {
    int total = shares.cap().total();
    for (int number = 0; number < total; number++) {
      for (int other = -1; other <= total; other++) {
        // With one share needed, neighbours are the same bytes.
        boolean same = shares.cap().needed() == 1 && other >= 0 && other < total;
        if (other != number && !same) {
          assertCorrupt(shares.raw().get(number), other, shares);
        }
      }
    }
  }

  @Test
  void aShareOfAnotherFileIsRefused() {
    var shares = file(56, 3, 5, 100, 1);
    byte[] plaintext = new byte[56];
    var geometry = Geometry.of(56, 3, 5, 100);
    var other = Shares.encode(plaintext, KEY, geometry, ShareLayout.of(geometry));
    assertCorrupt(other.raw().get(0), 0, shares);
  }

  @ParameterizedTest
  @MethodSource("files")
  void bytesAfterTheEndAreIgnored(Shares shares) throws IOException {
    byte[] raw = shares.raw().getFirst();
    verify(Arrays.copyOf(raw, raw.length + 1000), 0, shares);
  }

  @Test
  void theOffsetsInTheHeaderAreFollowed() throws IOException {
    var shares = file(56, 3, 5, 100, 1);
    byte[] raw = shares.raw().getFirst();
    var layout = ShareLayout.parse(raw);
    // Everything but the header moves 100 bytes up.
    byte[] moved = new byte[raw.length + 100];
    System.arraycopy(raw, 36, moved, 136, raw.length - 36);
    var header =
        new ShareLayout(
            1,
            -1,
            -1,
            layout.data() + 100,
            layout.plaintextTree() + 100,
            layout.crypttextTree() + 100,
            layout.blockTree() + 100,
            layout.chain() + 100,
            layout.extension() + 100);
    System.arraycopy(header.header(), 0, moved, 0, 36);
    var reader = ShareReader.open(Shares.source(moved), 0, shares.cap().verifyCap());
    byte[] block = new byte[19];
    reader.readBlock(0, block);
    assertThat(block).isEqualTo(Arrays.copyOfRange(raw, 36, 55));
    assertThat(reader.segmentHashes().size()).isEqualTo(1);
    // It reads, but it is not what the writer wrote.
    assertThatThrownBy(reader::verifyAll).isInstanceOf(CorruptShareException.class);
  }

  @Test
  void aReaderKnowsWhatItReads() throws IOException {
    var shares = file(61, 2, 4, 12, 1);
    var reader = ShareReader.open(Shares.source(shares.raw().get(3)), 3, shares.cap().verifyCap());
    assertThat(reader.shareNumber()).isEqualTo(3);
    assertThat(reader.extension().geometry()).isEqualTo(Geometry.of(61, 2, 4, 12));
    assertThat(reader.extension().hash()).isEqualTo(shares.cap().uebHash());
    assertThat(reader.layout()).isEqualTo(ShareLayout.of(Geometry.of(61, 2, 4, 12)));
    assertThatThrownBy(() -> reader.readBlock(6, new byte[6]))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> reader.readBlock(-1, new byte[6]))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void aFailingSourceIsNotACorruptShare() {
    var shares = file(56, 3, 5, 100, 1);
    ShareSource failing =
        (_, _, _, _) -> {
          throw new IOException("no route");
        };
    assertThatThrownBy(() -> ShareReader.open(failing, 0, shares.cap().verifyCap()))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("no route");
  }

  /** A capability of a file of a million segments, and a share of 400 bytes that goes with it. */
  @Test
  void nothingIsAllocatedOnTheWordOfACapability() {
    var geometry = Geometry.of(1 << 20, 1, 1, 1);
    var hash = Bytes.copyOf(new byte[32]);
    var extension = UriExtension.of(geometry, hash, hash, hash);
    var cap =
        new VerifyCap(
            new StorageIndex(Bytes.copyOf(new byte[16])), extension.hash(), 1, 1, geometry.size());
    var share = ByteBuffer.allocate(36 + 34 + 4 + extension.raw().length());
    share.put(new ShareLayout(1, 0, 0, 36, 36, 36, 36, 36, 70).header());
    share.put(new byte[34]);
    share.putInt(extension.raw().length()).put(extension.raw().toByteArray());
    long[] asked = {0};
    ShareSource source =
        (offset, target, targetOffset, length) -> {
          asked[0] += target.length;
          return Shares.source(share.array()).read(offset, target, targetOffset, length);
        };
    assertThatThrownBy(() -> ShareReader.open(source, 0, cap))
        .isInstanceOf(CorruptShareException.class)
        .hasMessageContaining("cut off");
    assertThat(asked[0]).isLessThan(2 << 20);
  }

  private static void assertCorrupt(byte[] raw, int number, Shares shares) {
    assertThatThrownBy(() -> verify(raw, number, shares))
        .isInstanceOf(CorruptShareException.class)
        .hasMessageStartingWith("share " + number + ": ");
  }

  private static void verify(byte[] raw, int number, Shares shares) throws IOException {
    ShareReader.open(Shares.source(raw), number, shares.cap().verifyCap()).verifyAll();
  }
}
