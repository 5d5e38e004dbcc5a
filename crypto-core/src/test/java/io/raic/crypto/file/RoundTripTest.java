package io.raic.crypto.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.raic.crypto.cipher.FileKey;
import io.raic.crypto.share.Geometry;
import io.raic.crypto.share.ShareLayout;
import io.raic.crypto.share.ShareReader;
import io.raic.crypto.share.UriExtension;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Any k shares give the file, and every other share again. */
class RoundTripTest {
  static IntStream seeds() {
    return IntStream.range(1, 150);
  }

  /** Sizes around every boundary of a few codes. */
  static List<Arguments> boundaries() {
    var all = new ArrayList<Arguments>();
    for (int[] code : new int[][] {{1, 1}, {1, 3}, {2, 3}, {3, 5}, {4, 6}, {5, 5}, {10, 14}}) {
      int needed = code[0];
      int segment = 8 * needed;
      for (int size :
          IntStream.of(1, 2, needed - 1, needed, needed + 1, 55, 56, 57, segment - 1, segment)
              .flatMap(i -> IntStream.of(i, i + segment, i + 4 * segment))
              .filter(i -> i > 0)
              .distinct()
              .toArray()) {
        all.add(Arguments.of(size, needed, code[1], segment));
      }
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("boundaries")
  void sizesAroundEveryBoundaryComeBack(int size, int needed, int total, int segment)
      throws IOException {
    assertRoundTrip(new Random(size), size, needed, total, segment);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void randomSizesAndCodesComeBack(int seed) throws IOException {
    var random = new Random(seed);
    int total = 1 + random.nextInt(Math.min(256, 1 + seed / 4));
    int needed = 1 + random.nextInt(total);
    int size = 1 + random.nextInt(20 * seed);
    assertRoundTrip(random, size, needed, total, 1 + random.nextInt(4 * seed));
  }

  @Test
  void theLargestCodesComeBack() throws IOException {
    assertRoundTrip(new Random(1), 5000, 256, 256, 1000);
    assertRoundTrip(new Random(2), 5000, 255, 256, 1000);
    assertRoundTrip(new Random(3), 100, 1, 256, 40);
  }

  @Test
  void everySubsetOfTheSharesOfASmallFileGivesIt() throws IOException {
    for (int total = 1; total <= 6; total++) {
      for (int needed = 1; needed <= total; needed++) {
        byte[] plaintext = random(new Random(total), 56 + 10 * needed);
        var shares = encode(plaintext, Geometry.of(plaintext.length, needed, total, 30));
        for (int[] subset : subsets(needed, total)) {
          assertThat(shares.decode(subset)).isEqualTo(plaintext);
          int[] others = others(total, subset);
          shares
              .repair(subset, others)
              .forEach((i, made) -> assertThat(made).isEqualTo(shares.raw().get(i)));
        }
      }
    }
  }

  /** Parity of more than 16 MiB a segment is made in parts. */
  @Test
  void wideCodesOfLongSegmentsComeBack() throws IOException {
    int mib = 1 << 20;
    byte[] plaintext = random(new Random(1), 5 * mib - 3);
    var shares = encode(plaintext, Geometry.of(plaintext.length, 2, 14, 4 * mib));
    assertThat(shares.decode(13, 2)).isEqualTo(plaintext);
    assertThat(shares.decode(8, 11)).isEqualTo(plaintext);
    assertThat(shares.decode(9, 10)).isEqualTo(plaintext);
  }

  private static void assertRoundTrip(
      Random random, int size, int needed, int total, int maxSegmentBytes) throws IOException {
    byte[] plaintext = random(random, size);
    var geometry = Geometry.of(size, needed, total, maxSegmentBytes);
    var shares = encode(plaintext, geometry);
    long length = ShareLayout.of(geometry).shareBytes(UriExtension.length(geometry));
    for (int i = 0; i < total; i++) {
      byte[] raw = shares.raw().get(i);
      assertThat(raw).hasSize(Math.toIntExact(length));
      ShareReader.open(Shares.source(raw), i, shares.cap().verifyCap()).verifyAll();
    }
    for (int i = 0; i < 3; i++) {
      int[] subset = random.ints(0, total).distinct().limit(needed).toArray();
      assertThat(shares.decode(subset)).isEqualTo(plaintext);
      shares
          .repair(subset, others(total, subset))
          .forEach((number, made) -> assertThat(made).isEqualTo(shares.raw().get(number)));
    }
  }

  private static Shares encode(byte[] plaintext, Geometry geometry) {
    return Shares.encode(plaintext, FileKey.of(new byte[16]), geometry, ShareLayout.of(geometry));
  }

  private static byte[] random(Random random, int size) {
    byte[] plaintext = new byte[size];
    random.nextBytes(plaintext);
    return plaintext;
  }

  private static List<int[]> subsets(int needed, int total) {
    return IntStream.range(0, 1 << total)
        .filter(set -> Integer.bitCount(set) == needed)
        .mapToObj(set -> IntStream.range(0, total).filter(i -> (set >> i & 1) == 1).toArray())
        .toList();
  }

  private static int[] others(int total, int[] subset) {
    return IntStream.range(0, total)
        .filter(i -> Arrays.stream(subset).noneMatch(j -> j == i))
        .toArray();
  }
}
