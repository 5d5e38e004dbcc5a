package io.raic.crypto.erasure;

/** Arithmetic on bytes as elements of GF(2^8), modulo x^8 + x^4 + x^3 + x^2 + 1 (format §5). */
final class GaloisField {
  /** Elements other than zero: the powers of {@code ALPHA}, from 0 to 254. */
  static final int ORDER = 255;

  private static final int POLYNOMIAL = 0x11d;
  private static final int[] POWERS = new int[2 * ORDER];
  private static final int[] LOGARITHMS = new int[ORDER + 1];

  static {
    int power = 1;
    for (int i = 0; i < ORDER; i++) {
      POWERS[i] = power;
      POWERS[i + ORDER] = power;
      LOGARITHMS[power] = i;
      power <<= 1;
      if (power > ORDER) {
        power ^= POLYNOMIAL;
      }
    }
  }

  private GaloisField() {}

  /** Returns 2 to the power of {@code exponent}, from 0 to {@code 2 * ORDER - 1}. */
  static int power(int exponent) {
    return POWERS[exponent];
  }

  /** Returns the exponent that gives {@code element}, which is not zero. */
  static int logarithm(int element) {
    return LOGARITHMS[element];
  }

  /** Returns the product of two elements. */
  static int multiply(int a, int b) {
    return a == 0 || b == 0 ? 0 : POWERS[LOGARITHMS[a] + LOGARITHMS[b]];
  }
}
