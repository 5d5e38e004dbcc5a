package io.raic.crypto.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShareLayoutTest {
  private static final int MIB = 1 << 20;
  private static final long GIB = 1L << 30;

  /** Format §19. */
  @Test
  void aHeaderIsTheKnownAnswer() {
    var layout = ShareLayout.of(Geometry.of(56, 3, 10, 131_072));
    assertThat(HexFormat.of().formatHex(layout.header()))
        .isEqualTo("000000010000001300000013000000240000003700000057000000770000009700000141");
    assertThat(layout.shareBytes(308)).isEqualTo(633);
  }

  /** Format §8. */
  @ParameterizedTest
  @CsvSource({
    "131073, 36, 43727, 43759, 43791, 43823, 43993, 44323",
    "400001, 36, 133370, 133594, 133818, 134042, 134212, 134539"
  })
  void offsetsAreTheKnownAnswers(
      long size,
      long data,
      long unused,
      long crypttext,
      long block,
      long chain,
      long ueb,
      long end) {
    var geometry = Geometry.of(size, 3, 10, 131_072);
    var layout = ShareLayout.of(geometry);
    assertThat(layout.data()).isEqualTo(data);
    assertThat(layout.plaintextTree()).isEqualTo(unused);
    assertThat(layout.crypttextTree()).isEqualTo(crypttext);
    assertThat(layout.blockTree()).isEqualTo(block);
    assertThat(layout.chain()).isEqualTo(chain);
    assertThat(layout.extension()).isEqualTo(ueb);
    assertThat(layout.shareBytes(UriExtension.length(geometry))).isEqualTo(end);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aHeaderIsReadAsItWasWritten(int version) {
    for (long size : new long[] {1, 56, 5 * GIB}) {
      var layout = ShareLayout.of(Geometry.of(size, 3, 5, MIB), version);
      assertThat(ShareLayout.parse(Arrays.copyOf(layout.header(), 68))).isEqualTo(layout);
      assertThat(ShareLayout.parse(layout.header())).isEqualTo(layout);
    }
  }

  @Test
  void aShareThatDoesNotFitIntoThirtyTwoBitsHasVersionTwo() {
    var geometry = Geometry.of(13 * GIB, 3, 5, MIB);
    var layout = ShareLayout.of(geometry);
    assertThat(layout.version()).isEqualTo(2);
    assertThat(layout.data()).isEqualTo(68);
    assertThat(geometry.dataBytes()).isEqualTo(Math.ceilDiv(13 * GIB, 3)).isGreaterThan(4 * GIB);
    assertThat(layout.plaintextTree()).isEqualTo(68 + geometry.dataBytes());
    assertThat(layout.crypttextTree() - layout.plaintextTree()).isEqualTo(32 * (2 * 16_384 - 1));
    assertThat(layout.extension() - layout.chain()).isEqualTo(34 * 4);
    assertThat(layout.header()).hasSize(68);
    assertThat(ShareLayout.parse(layout.header())).isEqualTo(layout);
    assertThat(layout.shareBytes(320)).isEqualTo(layout.extension() + 8 + 320);
    assertThatThrownBy(() -> ShareLayout.of(geometry, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void versionTwoBeginsWhereAnOffsetNoLongerFits() {
    long low = 4 * GIB - 64 * MIB;
    long high = 4 * GIB;
    while (high - low > 1) {
      long middle = (low + high) >>> 1;
      if (ShareLayout.of(Geometry.of(middle, 1, 2, MIB)).version() == 1) {
        low = middle;
      } else {
        high = middle;
      }
    }
    assertThat(ShareLayout.of(Geometry.of(low, 1, 2, MIB)).extension()).isEqualTo(4 * GIB - 1);
    assertThat(ShareLayout.of(Geometry.of(high, 1, 2, MIB)).extension())
        .isEqualTo(4 * GIB + 68 - 36);
  }

  @Test
  void theLargestFileHasALayout() {
    var geometry = Geometry.of(16L << 40, 1, 256, 16 * MIB);
    var layout = ShareLayout.of(geometry);
    assertThat(layout.version()).isEqualTo(2);
    assertThat(layout.extension()).isGreaterThan(16L << 40);
    assertThat(geometry.treeBytes()).isEqualTo(64 * MIB - 32);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void aHeaderThatIsCutOffIsRefused(int version) {
    byte[] header = ByteBuffer.allocate(68).putInt(version).array();
    for (int length = 0; length < (version == 1 ? 36 : 68); length++) {
      byte[] part = Arrays.copyOf(header, length);
      assertThatThrownBy(() -> ShareLayout.parse(part))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 0x01000000, -1, Integer.MIN_VALUE})
  void anUnknownVersionIsRefused(int version) {
    byte[] header = ByteBuffer.wrap(layout(2).header()).putInt(version).array();
    assertThatThrownBy(() -> ShareLayout.parse(header))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("unknown version");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void offsetsOutOfOrderAreRefused(int i) {
    for (long wrong : new long[] {0, 35, (1L << 32) - 1}) {
      if (i < 5 || wrong < 36) {
        byte[] v1 = layout(1).header();
        ByteBuffer.wrap(v1).putInt(0x0c + 4 * i, (int) wrong);
        refused(v1);
      }
    }
    for (long wrong :
        new long[] {0, 67, -1, Long.MIN_VALUE, Long.MAX_VALUE, (1L << 60), (1L << 60) + 1}) {
      byte[] v2 = layout(2).header();
      ByteBuffer.wrap(v2).putLong(0x14 + 8 * i, wrong);
      refused(v2);
    }
  }

  @Test
  void theInformationalFieldsAreBelievedToBeAnything() {
    byte[] v2 = layout(2).header();
    ByteBuffer.wrap(v2).putLong(4, -1).putLong(12, Long.MIN_VALUE);
    assertThat(ShareLayout.parse(v2).blockBytes()).isEqualTo(-1);
  }

  private static void refused(byte[] header) {
    assertThatThrownBy(() -> ShareLayout.parse(header))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("out of order");
  }

  private static ShareLayout layout(int version) {
    return ShareLayout.of(Geometry.of(400_001, 3, 10, 131_072), version);
  }
}
