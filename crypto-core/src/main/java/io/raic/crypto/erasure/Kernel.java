package io.raic.crypto.erasure;

/**
 * One way to do the work of an {@link ErasureCode}; all give the same bytes, at different speeds.
 *
 * <p>Has no state: one object serves all threads.
 */
public abstract sealed class Kernel permits ScalarKernel, PortableKernel, VectorKernel {
  Kernel() {}

  /**
   * Sets each byte of target {@code i} to the sum over all sources {@code j} of {@code rows[i][j]}
   * times the byte of source {@code j} at the same position.
   *
   * @param rows a row for each target, with a coefficient for each source
   * @param sources at least one
   * @param targets share no array with {@code sources}, nor a byte with each other
   * @param length bytes of every source and target, from 0 up
   */
  abstract void combine(byte[][] rows, Pieces sources, Pieces targets, int length);

  /** Returns one or two words for a person. */
  @Override
  public abstract String toString();
}
