package io.raic.cloud.resilience;

import java.time.Duration;
import java.util.List;
import java.util.TreeMap;

/**
 * How long the answered calls of one operation have taken.
 *
 * @param buckets those with anything in them, shortest first
 * @param total of all together
 * @param longest of all
 */
public record LatencyReport(List<Bucket> buckets, Duration total, Duration longest) {
  /**
   * Calls that took about as long.
   *
   * @param below what they were shorter than, except in the last bucket there is
   * @param count how many there were
   */
  public record Bucket(Duration below, long count) {}

  /** Copies the list. */
  public LatencyReport {
    buckets = List.copyOf(buckets);
  }

  /** Returns the two together. */
  public LatencyReport and(LatencyReport other) {
    var counts = new TreeMap<Duration, Long>();
    buckets.forEach(bucket -> counts.merge(bucket.below(), bucket.count(), Long::sum));
    other.buckets.forEach(bucket -> counts.merge(bucket.below(), bucket.count(), Long::sum));
    return new LatencyReport(
        counts.entrySet().stream().map(e -> new Bucket(e.getKey(), e.getValue())).toList(),
        total.plus(other.total),
        longest.compareTo(other.longest) > 0 ? longest : other.longest);
  }

  /** Returns how many there were. */
  public long count() {
    return buckets.stream().mapToLong(Bucket::count).sum();
  }

  /**
   * Returns the time that {@code fraction} of the calls did not exceed, at most a quarter too high;
   * zero if there were none.
   */
  public Duration quantile(double fraction) {
    long wanted = Math.max(1, (long) Math.ceil(fraction * count()));
    for (var bucket : buckets) {
      wanted -= bucket.count();
      if (wanted <= 0) {
        return bucket.below().compareTo(longest) < 0 ? bucket.below() : longest;
      }
    }
    return Duration.ZERO;
  }
}
