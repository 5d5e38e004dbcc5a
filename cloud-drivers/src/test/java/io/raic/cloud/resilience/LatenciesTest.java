package io.raic.cloud.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatenciesTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void aTimeIsInABucketThatEndsAtMostAQuarterLater(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 1000; i++) {
      long micros = 1 + (random.nextLong(1L << 27) >>> random.nextInt(27));
      var time = Duration.ofNanos(micros * 1000);
      var end = Latencies.end(Latencies.bucket(time.toNanos()));
      assertThat(end).isGreaterThan(time);
      assertThat(end).isLessThanOrEqualTo(time.multipliedBy(5).dividedBy(4));
    }
  }

  @Test
  void theShortestAndTheLongestHaveABucket() {
    var latencies = new Latencies();
    latencies.add(0);
    latencies.add(Duration.ofDays(3).toNanos());
    var report = latencies.report();
    assertThat(report.count()).isEqualTo(2);
    assertThat(report.longest()).isEqualTo(Duration.ofDays(3));
  }

  @Test
  void quantilesAreNear() {
    var latencies = new Latencies();
    for (int i = 1; i <= 100; i++) {
      latencies.add(Duration.ofMillis(i).toNanos());
    }
    var report = latencies.report();
    assertThat(report.quantile(0.5)).isBetween(Duration.ofMillis(50), Duration.ofMillis(63));
    assertThat(report.quantile(0.99)).isBetween(Duration.ofMillis(99), Duration.ofMillis(100));
    assertThat(report.total()).isEqualTo(Duration.ofMillis(5050));
    assertThat(new Latencies().report().quantile(0.5)).isZero();
  }
}
