package io.raic.crypto.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class GeometryTest {
  private static final int MIB = 1 << 20;

  static IntStream seeds() {
    return IntStream.range(1, 300);
  }

  /** Format §4 and §8. */
  @ParameterizedTest
  @CsvSource({
    // size, k, maximum; segment, segments, tail, tail block, share data
    "56, 3, 131072, 57, 1, 56, 19, 19",
    "57, 3, 131072, 57, 1, 57, 19, 19",
    "131072, 3, 131072, 131073, 1, 131072, 43691, 43691",
    "131073, 3, 131072, 131073, 1, 131073, 43691, 43691",
    "131074, 3, 131072, 131073, 2, 1, 1, 43692",
    "400001, 3, 131072, 131073, 4, 6782, 2261, 133334",
    "3145734, 3, 1048576, 1048578, 3, 1048578, 349526, 1048578",
    "1, 1, 1, 1, 1, 1, 1, 1",
    "1, 256, 1048576, 256, 1, 1, 1, 1",
  })
  void aFileIsCutAsTheFormatSays(
      long size,
      int needed,
      int maximum,
      int segment,
      int segments,
      int tail,
      int block,
      int data) {
    var geometry = Geometry.of(size, needed, 256, maximum);
    assertThat(geometry.segmentBytes()).isEqualTo(segment);
    assertThat(geometry.segments()).isEqualTo(segments);
    assertThat(geometry.segmentLength(segments - 1)).isEqualTo(tail);
    assertThat(geometry.blockBytes(segments - 1)).isEqualTo(block);
    assertThat(geometry.paddedTailBytes()).isEqualTo(needed * block);
    assertThat(geometry.dataBytes()).isEqualTo(data);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void thePartsMakeTheWhole(int seed) {
    var random = new Random(seed);
    int total = 1 + random.nextInt(256);
    int needed = 1 + random.nextInt(total);
    var geometry =
        Geometry.of(1 + random.nextInt(20 * seed), needed, total, 1 + random.nextInt(2 * seed));
    long bytes = 0;
    long data = 0;
    for (int i = 0; i < geometry.segments(); i++) {
      assertThat(geometry.segmentStart(i)).isEqualTo(bytes);
      assertThat(geometry.segmentAt(bytes)).isEqualTo(i);
      assertThat(geometry.blockStart(i)).isEqualTo(data);
      assertThat(geometry.segmentLength(i)).isBetween(1, geometry.segmentBytes());
      bytes += geometry.segmentLength(i);
      data += geometry.blockBytes(i);
      assertThat(geometry.segmentAt(bytes - 1)).isEqualTo(i);
    }
    assertThat(bytes).isEqualTo(geometry.size());
    assertThat(data).isEqualTo(geometry.dataBytes());
    assertThat(geometry.dataBytes()).isEqualTo(Math.ceilDiv(geometry.size(), needed));
  }

  @Test
  void otherWritersSegmentsFit() {
    assertThat(new Geometry(1L << 37, 3, 10, 131_073).segments()).isEqualTo(1_048_569);
    assertThat(new Geometry(1L << 40, 3, 10, 1_048_578).segments()).isEqualTo(1_048_575);
    assertThat(new Geometry(56, 3, 10, 57).segments()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "100, 0, 5, 10",
    "100, 3, 2, 9",
    "100, 3, 257, 9",
    "0, 3, 5, 3",
    "-5, 3, 5, 3",
    "-9223372036854775808, 3, 5, 3",
    "100, 3, 5, 10", // no multiple of 3
    "100, 3, 5, 0",
    "100, 3, 5, -3",
    "100, 3, 5, 103", // longer than the file rounded up
    "100, 3, 5, 105",
    "1099511627776, 1, 5, 16777217", // longer than any segment
    "1048577, 1, 1, 1", // too many segments
    "9223372036854775807, 1, 1, 16777216"
  })
  void numbersThatDoNotBelongTogetherAreRefused(long size, int needed, int total, int segment) {
    assertThatThrownBy(() -> new Geometry(size, needed, total, segment))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "100, 3, 5, 0",
    "100, 3, 5, -1",
    "100, 3, 5, 16777217",
    "0, 3, 5, 10",
    "-9223372036854775808, 3, 5, 10",
    "9223372036854775807, 3, 5, 1048576",
    "100, -2147483648, 5, 10",
    "100, 2147483647, 2147483647, 10"
  })
  void numbersThatNoFileCanHaveAreRefused(long size, int needed, int total, int maximum) {
    assertThatThrownBy(() -> Geometry.of(size, needed, total, maximum))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theLongestSegmentIsSixteenMebibytesRoundedUp() {
    assertThat(Geometry.of(1L << 40, 3, 5, 16 * MIB).segmentBytes()).isEqualTo(16 * MIB + 2);
    assertThat(Geometry.of(1L << 40, 3, 5, 16 * MIB).segments()).isEqualTo(65_536);
  }
}
