package io.raic.gateway.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.raic.cloud.resilience.LatencyReport;
import io.raic.cloud.resilience.LatencyReport.Bucket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SamplesTest {
  private static LatencyReport report(Bucket... buckets) {
    return new LatencyReport(List.of(buckets), Duration.ofSeconds(3), Duration.ofMinutes(5));
  }

  @Test
  void everyCallIsInOneBucketAndTheLongestAreInTheLast() {
    var samples = new Samples();
    samples.histogram(
        "seconds",
        "help",
        report(
            new Bucket(Duration.ofNanos(2_000), 7),
            new Bucket(Duration.ofNanos(1_024_000), 2),
            new Bucket(Duration.ofNanos(1_280_000), 1),
            new Bucket(Duration.ofMinutes(4), 5)));
    var histogram = (HistogramSnapshot) samples.snapshots().get(0);
    var buckets = histogram.getDataPoints().getFirst().getClassicBuckets();
    assertThat(histogram.getDataPoints().getFirst().getCount()).isEqualTo(15);
    assertThat(buckets.getUpperBound(0)).isEqualTo(0.000256);
    assertThat(buckets.getCount(0)).isEqualTo(7);
    assertThat(buckets.getUpperBound(2)).isEqualTo(0.001024);
    assertThat(buckets.getCount(2)).isEqualTo(2);
    assertThat(buckets.getCount(3)).isEqualTo(1);
    assertThat(buckets.getCount(buckets.size() - 1)).isEqualTo(5);
  }
}
