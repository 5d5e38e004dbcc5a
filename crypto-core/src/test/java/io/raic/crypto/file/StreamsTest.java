package io.raic.crypto.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.crypto.cipher.FileKey;
import io.raic.crypto.share.Geometry;
import io.raic.crypto.share.ShareLayout;
import io.raic.crypto.share.ShareSink;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The plaintext's ends of the way: what goes in, and any range of what comes out. */
class StreamsTest {
  private static final FileKey KEY = FileKey.of(new byte[16]);
  private static final Geometry GEOMETRY = Geometry.of(1000, 3, 5, 96);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 95, 96, 97, 999, 1001, 1096, 5000})
  void dataShorterOrLongerThanAnnouncedIsNotEncoded(int length) {
    var ciphertext = new EncryptedStream(new ByteArrayInputStream(new byte[length]), KEY, GEOMETRY);
    assertThatThrownBy(() -> encoder(ShareSink.NOWHERE).encode(ciphertext))
        .isInstanceOf(EOFException.class)
        .hasMessageContaining("1000 bytes");
  }

  @Test
  void aStreamThatComesByteByByteIsEncodedAlike() throws IOException {
    byte[] plaintext = plaintext();
    var slow =
        new FilterInputStream(new ByteArrayInputStream(plaintext)) {
          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            return super.read(target, offset, Math.min(1, length));
          }
        };
    var once = encoder(ShareSink.NOWHERE).encode(stream(new ByteArrayInputStream(plaintext)));
    assertThat(encoder(ShareSink.NOWHERE).encode(stream(slow))).isEqualTo(once);
  }

  @Test
  void aStreamIsReadInOrderOnly() throws IOException {
    var ciphertext = stream(new ByteArrayInputStream(plaintext()));
    ciphertext.read(0, new byte[96]);
    assertThatThrownBy(() -> ciphertext.read(2, new byte[96]))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aFailingSinkEndsTheEncoding() {
    int[] left = {500};
    ShareSink full =
        (_, _, length) -> {
          left[0] -= length;
          if (left[0] < 0) {
            throw new IOException("disk full");
          }
        };
    assertThatThrownBy(() -> encoder(full).encode(stream(new ByteArrayInputStream(plaintext()))))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("disk full");
  }

  @Test
  void anyRangeIsPartOfTheWhole() throws IOException {
    byte[] plaintext = plaintext();
    var shares = Shares.encode(plaintext, KEY, GEOMETRY, ShareLayout.of(GEOMETRY));
    var random = new Random(1);
    for (int i = 0; i < 500; i++) {
      int from = random.nextInt(1001);
      int length = random.nextInt(1001 - from);
      var out = new ByteArrayOutputStream();
      reader(shares).transfer(from, length, out);
      assertThat(out.toByteArray()).isEqualTo(Arrays.copyOfRange(plaintext, from, from + length));
    }
  }

  @Test
  void aRangeTouchesItsOwnSegmentsOnly() throws IOException {
    var shares = Shares.encode(plaintext(), KEY, GEOMETRY, ShareLayout.of(GEOMETRY));
    byte[][] raw = new byte[5][];
    Arrays.setAll(raw, i -> shares.raw().get(i).clone());
    for (byte[] share : raw) {
      // All but segment 2 of every share is destroyed.
      Arrays.fill(share, 36, 36 + 64, (byte) 0);
      Arrays.fill(share, 36 + 96, 36 + 334, (byte) 0);
    }
    var out = new ByteArrayOutputStream();
    reader(new Shares(shares.cap(), Arrays.asList(raw))).transfer(192, 96, out);
    assertThat(out.toByteArray()).isEqualTo(Arrays.copyOfRange(plaintext(), 192, 288));
  }

  @Test
  void aSegmentGivesWhatItHoldsOfARange() throws IOException {
    var shares = Shares.encode(plaintext(), KEY, GEOMETRY, ShareLayout.of(GEOMETRY));
    var reader = reader(shares);
    byte[] target = new byte[96];
    assertThat(reader.read(1, 100, 500, target)).isEqualTo(92);
    assertThat(Arrays.copyOf(target, 92)).isEqualTo(Arrays.copyOfRange(plaintext(), 100, 192));
    assertThat(reader.read(0, 100, 500, target)).isZero();
    assertThat(reader.read(10, 100, 500, target)).isZero();
    assertThat(reader.read(10, 0, 1000, target)).isEqualTo(40);
    assertThatThrownBy(() -> reader.read(11, 0, 1000, target))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 1",
    "0, -1",
    "0, 1001",
    "1000, 1",
    "1001, 0",
    "9223372036854775807, 1",
    "1, 9223372036854775807",
    "-9223372036854775808, 9223372036854775807",
    "9223372036854775807, 9223372036854775807"
  })
  void aRangeOutsideTheFileIsRefused(long offset, long length) throws IOException {
    var shares = Shares.encode(plaintext(), KEY, GEOMETRY, ShareLayout.of(GEOMETRY));
    var reader = reader(shares);
    assertThatThrownBy(() -> reader.transfer(offset, length, new ByteArrayOutputStream()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> reader.read(0, offset, length, new byte[96]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anEncodingThatTakesTooMuchMemoryIsRefusedBeforeItDoes() {
    var geometry = Geometry.of(1 << 20, 1, 256, 1);
    assertThat(FileEncoder.memoryBytes(geometry)).isGreaterThan(1L << 34);
    assertThatThrownBy(() ->
            new FileEncoder(
                geometry, ShareLayout.of(geometry), Collections.nCopies(256, ShareSink.NOWHERE)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("memory");
    assertThat(FileEncoder.memoryBytes(Geometry.of(1L << 40, 3, 10, 1 << 20))).isLessThan(1L << 30);
    assertThat(FileEncoder.memoryBytes(Geometry.of(5L << 30, 3, 5, 1 << 20))).isLessThan(8L << 20);
    assertThat(FileEncoder.memoryBytes(Geometry.of(1L << 30, 1, 256, 16 << 20)))
        .isLessThan(64L << 20);
  }

  @Test
  void anEncoderWantsASinkForEveryShare() {
    assertThatThrownBy(() ->
            new FileEncoder(
                GEOMETRY, ShareLayout.of(GEOMETRY), Collections.nCopies(4, ShareSink.NOWHERE)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("4 sinks for 5 shares");
  }

  private static byte[] plaintext() {
    byte[] plaintext = new byte[1000];
    new Random(1).nextBytes(plaintext);
    return plaintext;
  }

  private static EncryptedStream stream(InputStream plaintext) {
    return new EncryptedStream(plaintext, KEY, GEOMETRY);
  }

  private static FileEncoder encoder(ShareSink sink) {
    return new FileEncoder(GEOMETRY, ShareLayout.of(GEOMETRY), Collections.nCopies(5, sink));
  }

  private static PlaintextReader reader(Shares shares) throws IOException {
    var set =
        new ShareSet(
            shares.cap().verifyCap(),
            shares.candidates(4, 1, 3),
            (_, reason) -> {
              throw new IllegalStateException(reason);
            });
    return new PlaintextReader(new FileDecoder(set), KEY);
  }
}
