package io.raic.crypto.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErasureCodeTest {
  static IntStream seeds() {
    return IntStream.range(0, 60);
  }

  @ParameterizedTest
  @CsvSource({
    "3, 10, 01 02 04, 07 3d b9 4b 09 5b 80",
    // A segment with a single 1 in block j gives column j of the matrix.
    "3, 10, 01 00 00, 0f 2d 99 0b 89 46 ba",
    "3, 10, 00 01 00, 08 30 e0 e7 3b f1 d9",
    "3, 10, 00 00 01, 06 1c 78 ed b3 b6 62",
    "2, 4, 01 00, 03 05",
    "2, 4, 00 01, 02 04",
    "1, 4, a7, a7 a7 a7",
  })
  void theParityIsTheKnownAnswer(int needed, int total, String segment, String wanted) {
    var hex = HexFormat.ofDelimiter(" ");
    byte[][] parity = new byte[total - needed][1];
    ErasureCode.of(needed, total).encode(hex.parseHex(segment), 1, parity);
    byte[] flat = new byte[parity.length];
    for (int i = 0; i < parity.length; i++) {
      flat[i] = parity[i][0];
    }
    assertThat(hex.formatHex(flat)).isEqualTo(wanted);
  }

  @ParameterizedTest
  @CsvSource({"1, 256", "2, 3", "3, 5", "7, 20", "29, 80", "100, 256", "255, 256"})
  void aShareHoldsThePolynomialAtItsPoint(int needed, int total) {
    // At position c, the polynomial is x^c.
    byte[] segment = new byte[needed * needed];
    for (int share = 0; share < needed; share++) {
      for (int c = 0; c < needed; c++) {
        segment[share * needed + c] = (byte) powerOfPoint(share, c);
      }
    }
    byte[][] parity = new byte[total - needed][needed];
    ErasureCode.of(needed, total).encode(segment, needed, parity);
    for (int share = needed; share < total; share++) {
      for (int c = 0; c < needed; c++) {
        assertThat(parity[share - needed][c] & 0xff).isEqualTo(powerOfPoint(share, c));
      }
    }
  }

  /** Returns x^c at x = 0 for share 0, and x = 2^(share - 1) for others, by multiplying only. */
  private static int powerOfPoint(int share, int c) {
    if (share == 0) {
      return c == 0 ? 1 : 0;
    }
    int value = 1;
    for (int i = 0; i < (share - 1) * c % 255; i++) {
      value <<= 1;
      if (value >= 256) {
        value ^= 0x11d;
      }
    }
    return value;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void anySubsetOfTheSharesRebuildsTheSegment(int total) {
    for (int needed = 1; needed <= total; needed++) {
      var coded = Coded.random(needed, total, 33, new Random(total));
      for (int set = 0; set < 1 << total; set++) {
        if (Integer.bitCount(set) == needed) {
          int chosen = set;
          coded.assertRebuiltFrom(
              IntStream.range(0, total).filter(i -> (chosen >> i & 1) == 1).toArray());
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void randomSharesInAnyOrderRebuildTheSegment(int seed) {
    var random = new Random(seed);
    int total = 1 + random.nextInt(Math.min(256, 8 + 8 * seed));
    int needed = 1 + random.nextInt(total);
    var coded = Coded.random(needed, total, random.nextInt(600), random);
    for (int i = 0; i < 3; i++) {
      coded.assertRebuiltFrom(shuffled(total, random, needed));
    }
  }

  @Test
  void theParityDoesNotDependOnTheTotal() {
    var few = Coded.random(3, 5, 100, new Random(7));
    var many = Coded.random(3, 256, 100, new Random(7));
    assertThat(few.blocks).isDeepEqualTo(Arrays.copyOf(many.blocks, 5));
  }

  @Test
  void bytesBehindABlockAreLeftAlone() {
    var random = new Random(1);
    byte[] segment = new byte[3 * 70 + 9];
    random.nextBytes(segment);
    byte[][] parity = new byte[2][75];
    ErasureCode.of(3, 5).encode(segment, 70, parity);
    assertThat(Arrays.copyOfRange(parity[0], 70, 75)).containsOnly(0);

    byte[] rebuilt = new byte[3 * 70 + 9];
    byte[][] blocks = {parity[1], Arrays.copyOfRange(segment, 70, 210), parity[0]};
    ErasureCode.of(3, 5).decode(new int[] {4, 1, 3}, blocks, 70, rebuilt);
    assertThat(rebuilt).startsWith(Arrays.copyOf(segment, 210)).endsWith(new byte[9]);
  }

  @Test
  void theParityCanBeComputedInParts() {
    var whole = Coded.random(3, 9, 50, new Random(5));
    byte[][] parity = new byte[2][50];
    whole.code.encode(whole.segment, 50, 4, parity);
    assertThat(parity).isDeepEqualTo(Arrays.copyOfRange(whole.blocks, 4, 6));
    whole.code.encode(whole.segment, 50, 7, parity);
    assertThat(parity).isDeepEqualTo(Arrays.copyOfRange(whole.blocks, 7, 9));
    whole.code.encode(whole.segment, 50, 9, new byte[0][]);
    refused("from number 8 on", () -> whole.code.encode(whole.segment, 50, 8, parity));
    refused("from number 2 on", () -> whole.code.encode(whole.segment, 50, 2, parity));
    refused("from number", () -> whole.code.encode(whole.segment, 50, Integer.MAX_VALUE, parity));
  }

  @Test
  void oneCodeRebuildsFromChangingShares() {
    var coded = Coded.random(2, 4, 20, new Random(3));
    coded.assertRebuiltFrom(2, 3);
    coded.assertRebuiltFrom(3, 2);
    coded.assertRebuiltFrom(0, 3);
    coded.assertRebuiltFrom(2, 3);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "-1, 3", "4, 3", "1, 257", "0, 0", "256, 257"})
  void anImpossibleCodeIsRefused(int needed, int total) {
    assertThatThrownBy(() -> ErasureCode.of(needed, total))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 <= needed <= total <= 256");
  }

  @Test
  void whatDoesNotFitIsRefused() {
    var code = ErasureCode.of(3, 5);
    byte[] segment = new byte[30];
    refused("30 bytes does not hold", () -> code.encode(segment, 11, new byte[2][11]));
    refused("-1 bytes", () -> code.encode(segment, -1, new byte[2][11]));
    refused("does not hold", () -> code.encode(segment, Integer.MAX_VALUE, new byte[2][11]));
    refused("want 2 parity blocks, got 3", () -> code.encode(segment, 10, new byte[3][10]));
    refused("9 bytes holds no block", () -> code.encode(segment, 10, new byte[2][9]));
    refused("the same array", () -> code.encode(segment, 10, new byte[][] {segment, new byte[10]}));
    byte[][] blocks = new byte[3][10];
    refused("want 3 share", () -> code.decode(new int[] {0, 1}, blocks, 10, segment));
    refused("number 5 is not", () -> code.decode(new int[] {0, 1, 5}, blocks, 10, segment));
    refused("number -1 is not", () -> code.decode(new int[] {0, 1, -1}, blocks, 10, segment));
    refused("4 is there twice", () -> code.decode(new int[] {4, 1, 4}, blocks, 10, segment));
    refused("want 3 blocks", () -> code.decode(new int[] {0, 1, 2}, new byte[2][10], 10, segment));
    refused("does not hold", () -> code.decode(new int[] {0, 1, 2}, blocks, 10, new byte[29]));
  }

  private static void refused(String message, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private static int[] shuffled(int count, Random random, int limit) {
    return random.ints(0, count).distinct().limit(limit).toArray();
  }

  /** A segment and all its blocks. */
  private static final class Coded {
    private final ErasureCode code;
    private final byte[] segment;
    private final byte[][] blocks;
    private final int blockBytes;

    private Coded(ErasureCode code, byte[] segment, byte[][] blocks, int blockBytes) {
      this.code = code;
      this.segment = segment;
      this.blocks = blocks;
      this.blockBytes = blockBytes;
    }

    static Coded random(int needed, int total, int blockBytes, Random random) {
      var code = ErasureCode.of(needed, total);
      byte[] segment = new byte[needed * blockBytes];
      random.nextBytes(segment);
      byte[][] blocks = new byte[total][blockBytes];
      for (int i = 0; i < needed; i++) {
        System.arraycopy(segment, i * blockBytes, blocks[i], 0, blockBytes);
      }
      code.encode(segment, blockBytes, Arrays.copyOfRange(blocks, needed, total));
      return new Coded(code, segment, blocks, blockBytes);
    }

    void assertRebuiltFrom(int... shareNumbers) {
      byte[][] chosen = IntStream.of(shareNumbers).mapToObj(i -> blocks[i]).toArray(byte[][]::new);
      byte[] rebuilt = new byte[segment.length];
      code.decode(shareNumbers, chosen, blockBytes, rebuilt);
      assertThat(rebuilt).as("from %s", Arrays.toString(shareNumbers)).isEqualTo(segment);
    }
  }
}
