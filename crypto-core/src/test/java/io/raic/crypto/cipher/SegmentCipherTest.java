package io.raic.crypto.cipher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentCipherTest {
  private static final FileKey KEY =
      FileKey.of(HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f"));

  static IntStream seeds() {
    return IntStream.range(0, 200);
  }

  /** AES-128 of the counter blocks 0 and 1 under this key, as openssl computes them. */
  @Test
  void theKeystreamIsTheKnownAnswer() {
    assertThat(HexFormat.of().formatHex(keystream(0, 32)))
        .isEqualTo("c6a13b37878f5b826f4f8162a1c8d8797346139595c0b41e497bbde365f42d0a");
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void startingAnywhereGivesWhatTheWholeStreamGives(int seed) {
    var random = new Random(seed);
    byte[] whole = keystream(0, 40 + seed);
    int from = random.nextInt(whole.length);
    int to = from + random.nextInt(whole.length - from + 1);
    assertThat(keystream(from, to - from)).isEqualTo(Arrays.copyOfRange(whole, from, to));
  }

  @Test
  void jumpingBackAndForthGivesWhatTheWholeStreamGives() {
    byte[] whole = keystream(0, 5000);
    var cipher = new SegmentCipher(KEY);
    var random = new Random(1);
    for (int i = 0; i < 500; i++) {
      int from = random.nextInt(whole.length);
      byte[] part = new byte[random.nextInt(Math.min(60, whole.length - from + 1))];
      cipher.apply(from, new byte[part.length], 0, part, 0, part.length);
      assertThat(part).isEqualTo(Arrays.copyOfRange(whole, from, from + part.length));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {(1L << 32) - 5, (1L << 36) - 5, (1L << 50) + 3})
  void theCounterGoesOnFarOut(long start) {
    byte[] whole = keystream(start, 64);
    assertThat(keystream(start + 21, 43)).isEqualTo(Arrays.copyOfRange(whole, 21, 64));
    assertThat(whole).isNotEqualTo(keystream(start % (1L << 20), 64));
  }

  @Test
  void afterAFailureTheCipherIsStillRight() {
    var cipher = new SegmentCipher(KEY);
    byte[] out = new byte[20];
    cipher.apply(0, new byte[20], 0, out, 0, 20);
    assertThatThrownBy(() -> cipher.apply(20, new byte[30], 0, new byte[3], 0, 30))
        .isInstanceOf(IllegalArgumentException.class);
    cipher.apply(20, new byte[20], 0, out, 0, 20);
    assertThat(out).isEqualTo(keystream(20, 20));
  }

  @Test
  void positionsThatNoFileHasAreRefused() {
    var cipher = new SegmentCipher(KEY);
    assertThatThrownBy(() -> cipher.apply(-1, new byte[1], 0, new byte[1], 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> cipher.apply(Long.MAX_VALUE, new byte[1], 0, new byte[1], 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static byte[] keystream(long start, int length) {
    byte[] out = new byte[length];
    new SegmentCipher(KEY).apply(start, new byte[length], 0, out, 0, length);
    return out;
  }
}
