package io.raic.crypto.erasure;

import java.util.Arrays;

/** Equally long pieces of arrays: piece {@code i} begins at {@code starts[i]} of its array. */
final class Pieces {
  final byte[][] arrays;
  final int[] starts;

  private Pieces(byte[][] arrays, int[] starts) {
    this.arrays = arrays;
    this.starts = starts;
  }

  /** Returns the pieces that the arrays begin with. */
  static Pieces of(byte[][] arrays) {
    return new Pieces(arrays, new int[arrays.length]);
  }

  /** Returns the pieces of {@code length} bytes with the given places in one array. */
  static Pieces of(byte[] array, int[] places, int length) {
    byte[][] arrays = new byte[places.length][];
    Arrays.fill(arrays, array);
    int[] starts = new int[places.length];
    Arrays.setAll(starts, i -> places[i] * length);
    return new Pieces(arrays, starts);
  }

  int count() {
    return arrays.length;
  }
}
