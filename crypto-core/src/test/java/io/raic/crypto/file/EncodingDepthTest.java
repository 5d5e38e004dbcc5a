package io.raic.crypto.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.crypto.Vectors;
import io.raic.crypto.bytes.Bytes;
import io.raic.crypto.cipher.FileKey;
import io.raic.crypto.share.Geometry;
import io.raic.crypto.share.ShareLayout;
import io.raic.crypto.share.ShareSink;
import io.raic.crypto.share.UriExtension;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How many segments are taken at a time changes memory and speed, and no byte. */
class EncodingDepthTest {
  private static final FileKey KEY = FileKey.of(new byte[FileKey.LENGTH]);

  @ParameterizedTest
  @CsvSource({
    // size, needed, total, longest segment
    "1000, 3, 5, 96",
    "960, 3, 5, 96",
    "961, 3, 5, 96",
    "1, 3, 5, 96",
    "700, 1, 1, 100",
    "700, 4, 4, 100",
    "5000, 10, 14, 130",
    "300, 1, 256, 7",
  })
  void everyDepthMakesTheSameShares(long size, int needed, int total, int longest)
      throws IOException {
    var geometry = Geometry.of(size, needed, total, longest);
    var wanted = digests(geometry, 1);
    for (int depth = 2; depth <= 17; depth++) {
      assertThat(digests(geometry, depth)).as("depth %d", depth).isEqualTo(wanted);
    }
  }

  @Test
  void parityMadeInSeveralPassesIsTheSameToo() throws IOException {
    var geometry = Geometry.of(14 << 20, 2, 6, 12 << 20);
    assertThat(FileEncoder.memoryBytes(geometry, 3)).isEqualTo(FileEncoder.memoryBytes(geometry));
    var shares = digests(geometry, 3);
    assertThat(shares).isEqualTo(digests(geometry, 1)).doesNotHaveDuplicates();
  }

  @Test
  void memoryGrowsWithTheDepthAndNotBeyondTheFile() {
    var large = Geometry.of(1L << 30, 3, 5, 1 << 20);
    long one = FileEncoder.memoryBytes(large, 1);
    long buffers = large.segmentBytes() + 2L * large.blockBytes(0);
    assertThat(FileEncoder.memoryBytes(large)).isEqualTo(one);
    assertThat(FileEncoder.memoryBytes(large, 6)).isEqualTo(one + 5 * buffers);
    var small = Geometry.of(1000, 3, 5, 1 << 20);
    assertThat(FileEncoder.memoryBytes(small, 6)).isEqualTo(FileEncoder.memoryBytes(small, 1));
    assertThat(FileEncoder.memoryBytes(large, Integer.MAX_VALUE)).isLessThan(2L << 30);
  }

  @Test
  void aDepthThatTakesTooMuchMemoryIsRefused() {
    var geometry = Geometry.of(1L << 30, 3, 5, 16 << 20);
    var sinks = Collections.nCopies(5, ShareSink.NOWHERE);
    var layout = ShareLayout.of(geometry);
    assertThatThrownBy(() -> new FileEncoder(geometry, layout, sinks, 64))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("64 at a time")
        .hasMessageContaining("memory");
    assertThatThrownBy(() -> new FileEncoder(geometry, layout, sinks, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("want a depth of 1 or more, got 0");
  }

  @Test
  void theFlatHashCanComeFromElsewhere() throws IOException {
    var geometry = Geometry.of(1000, 3, 5, 96);
    var hashed = new FlatHash(stream(geometry));
    var segments = new ArrayList<byte[]>();
    for (int i = 0; i < geometry.segments(); i++) {
      byte[] segment = new byte[geometry.segmentBytes()];
      hashed.read(i, segment);
      segments.add(segment);
    }
    var readAhead =
        new Ciphertext() {
          @Override
          public Geometry geometry() {
            return geometry;
          }

          @Override
          public void read(int segment, byte[] target) {
            System.arraycopy(segments.get(segment), 0, target, 0, geometry.segmentBytes());
          }
        };
    var sinks = Collections.nCopies(5, ShareSink.NOWHERE);
    UriExtension beside =
        new FileEncoder(geometry, ShareLayout.of(geometry), sinks, 2)
            .encode(readAhead, hashed::digest);
    UriExtension alone =
        new FileEncoder(geometry, ShareLayout.of(geometry), sinks).encode(stream(geometry));
    assertThat(beside).isEqualTo(alone);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 6})
  void segmentsCanComeInArraysOfTheirOwn(int depth) throws IOException {
    var geometry = Geometry.of(1000, 3, 5, 96);
    var inner = stream(geometry);
    var exchanging =
        new Ciphertext() {
          private byte[] mine = new byte[geometry.segmentBytes()];

          @Override
          public Geometry geometry() {
            return geometry;
          }

          @Override
          public void read(int segment, byte[] target) {
            throw new AssertionError("copies");
          }

          @Override
          public byte[] exchange(int segment, byte[] target) throws IOException {
            byte[] given = mine;
            inner.read(segment, given);
            mine = target;
            return given;
          }
        };
    var sinks = Collections.nCopies(5, ShareSink.NOWHERE);
    UriExtension exchanged =
        new FileEncoder(geometry, ShareLayout.of(geometry), sinks, depth).encode(exchanging);
    UriExtension copied =
        new FileEncoder(geometry, ShareLayout.of(geometry), sinks).encode(stream(geometry));
    assertThat(exchanged).isEqualTo(copied);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void aFlatHashIsOfTheWholeCiphertextInOrder(int read) throws IOException {
    var geometry = Geometry.of(300, 3, 5, 96);
    var hashed = new FlatHash(stream(geometry));
    assertThat(hashed.geometry()).isEqualTo(geometry);
    byte[] segment = new byte[geometry.segmentBytes()];
    for (int i = 0; i < read; i++) {
      hashed.read(i, segment);
    }
    assertThatThrownBy(() -> hashed.read(3, segment)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(hashed::digest)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("segment %d was not read".formatted(read));
  }

  /** Returns a hash of each share. */
  private static List<Bytes> digests(Geometry geometry, int depth) throws IOException {
    var digests = new ArrayList<MessageDigest>();
    var sinks = new ArrayList<ShareSink>();
    for (int i = 0; i < geometry.total(); i++) {
      var digest = Vectors.sha256();
      digests.add(digest);
      sinks.add(digest::update);
    }
    new FileEncoder(geometry, ShareLayout.of(geometry), sinks, depth).encode(stream(geometry));
    return digests.stream().map(digest -> Bytes.copyOf(digest.digest())).toList();
  }

  private static EncryptedStream stream(Geometry geometry) {
    byte[] plaintext = new byte[(int) geometry.size()];
    new Random(1).nextBytes(plaintext);
    return new EncryptedStream(new ByteArrayInputStream(plaintext), KEY, geometry);
  }
}
