package io.raic.crypto.erasure;

import java.util.Arrays;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/** Finds out whether a kernel can be trusted, and whether it is worth having. */
final class KernelTrial {
  /** Lengths around those at which kernels change their ways. */
  private static final int[] LENGTHS = {0, 1, 7, 8, 63, 64, 255, 256, 257, 320, 1000, 8192 + 265};

  private static final int[] SOURCE_COUNTS = {1, 3, 10};
  private static final int TARGETS = 5;

  /** Bytes of a block in a race: a segment of 128 KiB in three. */
  private static final int RACE_BLOCK_BYTES = 43_691;

  /** Whoever wins so often in a row is faster. */
  private static final int RACE_WINS = 20;

  /** No kernel needs so long until it is compiled. */
  private static final long RACE_NANOS = 5_000_000_000L;

  private KernelTrial() {}

  /** The work of a kernel: {@link Kernel#combine}. */
  @FunctionalInterface
  interface Combination {
    void combine(byte[][] rows, Pieces sources, Pieces targets, int length);
  }

  /** Says whether {@code candidate} does a number of jobs as the reference does. */
  static boolean givesRightBytes(Combination candidate) {
    try {
      for (int sources : SOURCE_COUNTS) {
        for (int length : LENGTHS) {
          if (!givesRightBytes(candidate, sources, length)) {
            return false;
          }
        }
      }
      return true;
    } catch (RuntimeException | LinkageError _) {
      // Whatever is wrong with it: there is another one.
      return false;
    }
  }

  private static boolean givesRightBytes(Combination candidate, int sources, int length) {
    var job = new Job(sources, TARGETS, length);
    byte[][] wanted = new byte[TARGETS][length];
    ScalarKernel.combine(job.rows, job.sources, Pieces.of(wanted), 0, length);
    job.run(candidate);
    return Arrays.deepEquals(job.results, wanted);
  }

  /** Says whether {@code candidate} is faster than {@code other}, once it is compiled. */
  static boolean isFaster(Combination candidate, Combination other, LongSupplier nanoTime) {
    var job = new Job(3, 2, RACE_BLOCK_BYTES);
    long start = nanoTime.getAsLong();
    int wins = 0;
    while (wins < RACE_WINS && nanoTime.getAsLong() - start < RACE_NANOS) {
      long before = nanoTime.getAsLong();
      job.run(other);
      long between = nanoTime.getAsLong();
      job.run(candidate);
      long after = nanoTime.getAsLong();
      wins = after - between < between - before ? wins + 1 : 0;
    }
    return wins == RACE_WINS;
  }

  /** Something to compute. */
  private static final class Job {
    private final byte[][] rows;
    private final Pieces sources;
    private final byte[][] results;
    private final int length;

    Job(int sources, int targets, int length) {
      var lagrange = new Lagrange(IntStream.range(0, sources).toArray());
      this.rows =
          IntStream.range(sources, sources + targets)
              .mapToObj(lagrange::row)
              .toArray(byte[][]::new);
      byte[][] data = new byte[sources][length];
      int value = 1;
      for (byte[] block : data) {
        for (int i = 0; i < length; i++) {
          value = value * 69_069 + 1;
          block[i] = (byte) (value >>> 24);
        }
      }
      this.sources = Pieces.of(data);
      this.results = new byte[targets][length];
      this.length = length;
    }

    void run(Combination kernel) {
      kernel.combine(rows, sources, Pieces.of(results), length);
    }
  }
}
