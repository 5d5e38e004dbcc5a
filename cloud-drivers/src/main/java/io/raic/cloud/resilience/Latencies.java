package io.raic.cloud.resilience;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/**
 * How long operations have taken: a histogram of fixed buckets, four to each doubling from a
 * microsecond to four minutes, so that a quantile is at most a quarter too high. A kilobyte, and
 * one addition for each entry. For any thread, without locks.
 */
final class Latencies {
  private static final int PARTS = 4;
  private static final int DOUBLINGS = 28;

  private final AtomicLongArray buckets = new AtomicLongArray(DOUBLINGS * PARTS);
  private final LongAdder totalNanos = new LongAdder();
  private final LongAccumulator longestNanos = new LongAccumulator(Math::max, 0);

  void add(long nanos) {
    buckets.incrementAndGet(bucket(nanos));
    totalNanos.add(nanos);
    longestNanos.accumulate(nanos);
  }

  static int bucket(long nanos) {
    long micros = Math.max(1, TimeUnit.NANOSECONDS.toMicros(nanos));
    int doubling = Long.SIZE - 1 - Long.numberOfLeadingZeros(micros);
    int part = (int) ((micros * PARTS) >>> doubling) & (PARTS - 1);
    return Math.min(doubling * PARTS + part, DOUBLINGS * PARTS - 1);
  }

  /** Returns the time that everything in the bucket is shorter than. */
  static Duration end(int bucket) {
    long quarters = (long) (PARTS + 1 + bucket % PARTS) << (bucket / PARTS);
    return Duration.ofNanos(quarters * TimeUnit.MICROSECONDS.toNanos(1) / PARTS);
  }

  LatencyReport report() {
    var filled = new ArrayList<LatencyReport.Bucket>();
    for (int i = 0; i < buckets.length(); i++) {
      long count = buckets.get(i);
      if (count > 0) {
        filled.add(new LatencyReport.Bucket(end(i), count));
      }
    }
    return new LatencyReport(
        filled, Duration.ofNanos(totalNanos.sum()), Duration.ofNanos(longestNanos.get()));
  }
}
