package io.raic.crypto.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All kernels give the bytes of the reference, and touch no others. */
class KernelTest {
  static Stream<Kernel> kernels() {
    return Stream.of(Kernels.portable(), Kernels.vector().orElseThrow());
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void everyShortLengthIsRight(Kernel kernel) {
    for (int length = 0; length <= 700; length++) {
      assertRight(kernel, new Random(length), 1 + length % 4, 1 + length % 3, length);
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void everyNumberOfSourcesAndTargetsIsRight(Kernel kernel) {
    for (int count = 1; count <= 256; count++) {
      var random = new Random(count);
      assertRight(kernel, random, count, 1 + random.nextInt(4), 200 + random.nextInt(200));
      assertRight(kernel, random, 1 + random.nextInt(4), count, 200 + random.nextInt(200));
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void longBlocksAreRight(Kernel kernel) {
    for (int length : new int[] {8191, 8192, 8193, 8200, 16384 + 7, 43_691, 349_526}) {
      assertRight(kernel, new Random(length), 3, 2, length);
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void everyProductIsRight(Kernel kernel) {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    for (int c = 0; c < 256; c++) {
      byte[] product = new byte[256];
      kernel.combine(
          new byte[][] {{(byte) c}},
          Pieces.of(new byte[][] {all}),
          Pieces.of(new byte[][] {product}),
          256);
      for (int i = 0; i < 256; i++) {
        assertThat(product[i] & 0xff).isEqualTo(GaloisField.multiply(c, i));
      }
    }
  }

  private static void assertRight(
      Kernel kernel, Random random, int sources, int targets, int length) {
    byte[][] rows = new byte[targets][sources];
    for (byte[] row : rows) {
      random.nextBytes(row);
      if (random.nextInt(8) == 0) {
        Arrays.fill(row, (byte) random.nextInt(2));
      }
    }
    // Pieces of one array at odd places, as those of a segment are.
    byte[] data = new byte[sources * length];
    random.nextBytes(data);
    var places = IntStream.range(0, sources).toArray();
    byte[] got = new byte[targets * length + 64];
    byte[] wanted = got.clone();
    var targetPlaces = IntStream.range(0, targets).toArray();
    var from = Pieces.of(data, places, length);
    kernel.combine(rows, from, Pieces.of(got, targetPlaces, length), length);
    Kernels.scalar().combine(rows, from, Pieces.of(wanted, targetPlaces, length), length);
    assertThat(Arrays.equals(got, wanted))
        .as("%s: %d sources, %d targets, %d bytes", kernel, sources, targets, length)
        .isTrue();
  }
}
