package io.raic.benchmarks.system;

import java.util.Arrays;

/** How long each of many operations took; all are kept. Safe for use by many threads. */
final class Latencies {
  private long[] nanos = new long[1024];
  private int count;

  synchronized void add(long taken) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * count);
    }
    nanos[count++] = taken;
  }

  /** Forgets what was so far. */
  synchronized void clear() {
    count = 0;
  }

  synchronized int count() {
    return count;
  }

  /**
   * Returns the least time that so many of a hundred operations did not exceed, in milliseconds.
   *
   * @throws IllegalStateException if there was none
   */
  synchronized double millis(double percent) {
    if (count == 0) {
      throw new IllegalStateException("nothing was measured");
    }
    var sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    // 99.9 % of 2000 must not be a little more than 1998.
    int rank = (int) Math.ceil(percent * count / 100 - 1e-6);
    return sorted[Math.clamp(rank - 1, 0, count - 1)] / 1e6;
  }
}
