package io.raic.benchmarks.system;

/**
 * How much is done.
 *
 * @param largeBytes of a file that is long
 * @param rounds of which a figure is the median
 * @param requests that percentiles are taken of
 * @param operations of the long run through faults
 * @param warmUpRounds at most
 * @param smallSeconds that small files are written, and read
 */
record Scale(
    long largeBytes, int rounds, int requests, int operations, int warmUpRounds, int smallSeconds) {
  /** What figures in documents are from. */
  static final Scale WHOLE = new Scale(1L << 30, 5, 2000, 100_000, 10, 10);

  /** To see whether something has changed much. */
  static final Scale QUICK = new Scale(1L << 28, 3, 400, 4000, 5, 4);
}
