package io.raic.crypto.file;

import io.raic.crypto.erasure.Kernels;
import io.raic.crypto.hash.HashKernels;
import java.util.function.LongSupplier;

/** Finds out how this machine codes and hashes fastest. */
public final class Calibration {
  private Calibration() {}

  /**
   * Chooses among the {@link Kernels} and {@link HashKernels} there are; takes some seconds of
   * processor time, so a server calls it when it starts, on a thread of its own.
   *
   * <p>What begins before it is done works all the same, and more slowly.
   *
   * @param nanoTime a clock in nanoseconds
   * @return a sentence for a log: what was chosen and, if it could be better, how
   */
  public static String run(LongSupplier nanoTime) {
    return Kernels.chooseFastest(nanoTime) + "; " + HashKernels.chooseFastest(nanoTime);
  }
}
