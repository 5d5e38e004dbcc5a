package io.raic.crypto.erasure;

/** Looks every product up in a table: slow and plainly right, the measure of the other kernels. */
final class ScalarKernel extends Kernel {
  private static final int ELEMENTS = 256;

  /** The product of a and b at {@code [a][b]}. */
  private static final byte[][] PRODUCTS = new byte[ELEMENTS][ELEMENTS];

  static {
    for (int a = 0; a < ELEMENTS; a++) {
      for (int b = 0; b < ELEMENTS; b++) {
        PRODUCTS[a][b] = (byte) GaloisField.multiply(a, b);
      }
    }
  }

  @Override
  void combine(byte[][] rows, Pieces sources, Pieces targets, int length) {
    combine(rows, sources, targets, 0, length);
  }

  /** Does it for the positions from {@code from} on and before {@code to}. */
  static void combine(byte[][] rows, Pieces sources, Pieces targets, int from, int to) {
    for (int i = 0; i < targets.count(); i++) {
      for (int at = from; at < to; at++) {
        int sum = 0;
        for (int j = 0; j < sources.count(); j++) {
          int value = sources.arrays[j][sources.starts[j] + at] & 0xff;
          sum ^= PRODUCTS[rows[i][j] & 0xff][value];
        }
        targets.arrays[i][targets.starts[i] + at] = (byte) sum;
      }
    }
  }

  @Override
  public String toString() {
    return "scalar";
  }
}
