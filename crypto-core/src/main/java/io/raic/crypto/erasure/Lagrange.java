package io.raic.crypto.erasure;

import static io.raic.crypto.erasure.GaloisField.ORDER;
import static io.raic.crypto.erasure.GaloisField.logarithm;
import static io.raic.crypto.erasure.GaloisField.power;

/**
 * The coefficients with which the bytes of some shares give the byte of another.
 *
 * <p>The bytes at one position of all shares are the values of one polynomial of degree below k,
 * share i's at the point x_i: x_0 = 0 and x_i = 2^(i - 1). The value at x from those at the points
 * x_j is the sum over j of y_j times the product over m other than j of (x - x_m) / (x_j - x_m).
 * Subtraction is exclusive or, and products are sums of logarithms. Format §5.
 */
final class Lagrange {
  private final int[] from;

  /** Logarithm of the product over m other than j of (x_j - x_m). */
  private final int[] denominators;

  /** Prepares to combine the shares {@code from}, whose numbers are all different. */
  Lagrange(int[] from) {
    this.from = from;
    this.denominators = new int[from.length];
    for (int j = 0; j < from.length; j++) {
      denominators[j] = logDistance(from[j], j);
    }
  }

  /** Returns a coefficient for each of {@code from}; together they give share {@code to}. */
  byte[] row(int to) {
    byte[] row = new byte[from.length];
    int numerator = logDistance(to, -1);
    for (int j = 0; j < from.length; j++) {
      int log = numerator - logarithm(point(to) ^ point(from[j])) - denominators[j];
      row[j] = (byte) power(Math.floorMod(log, ORDER));
    }
    return row;
  }

  /** Logarithm of the product of the differences of {@code to} and all points but {@code skip}. */
  private int logDistance(int to, int skip) {
    int sum = 0;
    for (int m = 0; m < from.length; m++) {
      if (m != skip) {
        sum += logarithm(point(to) ^ point(from[m]));
      }
    }
    return sum % ORDER;
  }

  private static int point(int share) {
    return share == 0 ? 0 : power(share - 1);
  }
}
