package io.raic.gateway.watch;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.raic.cloud.resilience.LatencyReport;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** The values of one scrape, as they are found. For one thread. */
final class Samples {
  private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

  /** From a quarter of a millisecond to a minute; where the reports have the end of a bucket. */
  private static final int FIRST_DOUBLING = 8;

  private static final int LAST_DOUBLING = 26;

  private final Map<String, GaugeSnapshot.Builder> gauges = new TreeMap<>();
  private final Map<String, CounterSnapshot.Builder> counters = new TreeMap<>();
  private final Map<String, HistogramSnapshot.Builder> histograms = new TreeMap<>();

  /**
   * Adds a value.
   *
   * @param labels name, value, name, value
   */
  void gauge(String name, String help, double value, String... labels) {
    gauges
        .computeIfAbsent(name, _ -> GaugeSnapshot.builder().name(name).help(help))
        .dataPoint(GaugeDataPointSnapshot.builder().labels(Labels.of(labels)).value(value).build());
  }

  /** As {@link #gauge(String, String, double, String...)}, of a count. */
  void gauge(String name, String help, long value, String... labels) {
    gauge(name, help, (double) value, labels);
  }

  /**
   * Adds a sum that only grows.
   *
   * @param name without its ending {@code _total}
   */
  void counter(String name, String help, long value, String... labels) {
    counters
        .computeIfAbsent(name, _ -> CounterSnapshot.builder().name(name).help(help))
        .dataPoint(
            CounterDataPointSnapshot.builder()
                .labels(Labels.of(labels))
                .value((double) value)
                .build());
  }

  /** Adds how long calls took. */
  void histogram(String name, String help, LatencyReport latencies, String... labels) {
    histograms
        .computeIfAbsent(name, _ -> HistogramSnapshot.builder().name(name).help(help))
        .dataPoint(
            HistogramDataPointSnapshot.builder()
                .labels(Labels.of(labels))
                .classicHistogramBuckets(buckets(latencies))
                .sum(latencies.total().toNanos() / NANOS_PER_SECOND)
                .build());
  }

  private static ClassicHistogramBuckets buckets(LatencyReport latencies) {
    var filled = latencies.buckets().iterator();
    var buckets = ClassicHistogramBuckets.builder();
    var next = filled.hasNext() ? filled.next() : null;
    for (int doubling = FIRST_DOUBLING; doubling <= LAST_DOUBLING; doubling++) {
      var end = Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(1L << doubling));
      long count = 0;
      while (next != null && next.below().compareTo(end) <= 0) {
        count += next.count();
        next = filled.hasNext() ? filled.next() : null;
      }
      buckets.bucket(end.toNanos() / NANOS_PER_SECOND, count);
    }
    long rest = 0;
    while (next != null) {
      rest += next.count();
      next = filled.hasNext() ? filled.next() : null;
    }
    return buckets.bucket(Double.POSITIVE_INFINITY, rest).build();
  }

  MetricSnapshots snapshots() {
    var all = MetricSnapshots.builder();
    gauges.values().forEach(gauge -> all.metricSnapshot(gauge.build()));
    counters.values().forEach(counter -> all.metricSnapshot(counter.build()));
    histograms.values().forEach(histogram -> all.metricSnapshot(histogram.build()));
    return all.build();
  }
}
