package io.raic.cloud.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenBucketTest {
  private static final long EVER = Long.MAX_VALUE;

  private final FakeTime time = new FakeTime();

  private TokenBucket bucket(double rate, double burst) {
    return new TokenBucket(rate, burst, time::nanoTime);
  }

  @Test
  void aBurstPassesAndTheRestInTurn() {
    var bucket = bucket(10, 50);
    for (int i = 0; i < 50; i++) {
      assertThat(bucket.take(1, EVER)).hasValue(0);
    }
    assertThat(bucket.take(1, EVER)).hasValue(Duration.ofMillis(100).toNanos());
    assertThat(bucket.take(1, EVER)).hasValue(Duration.ofMillis(200).toNanos());
    time.pass(Duration.ofSeconds(60));
    for (int i = 0; i < 50; i++) {
      assertThat(bucket.take(1, EVER)).hasValue(0);
    }
    assertThat(bucket.take(1, EVER).getAsLong()).isPositive();
  }

  @Test
  void whoWouldWaitTooLongTakesNothing() {
    var bucket = bucket(10, 1);
    assertThat(bucket.take(1, 0)).hasValue(0);
    assertThat(bucket.take(1, Duration.ofMillis(100).toNanos())).isEmpty();
    assertThat(bucket.take(1, Duration.ofMillis(101).toNanos())).isPresent();
  }

  @Test
  void whatIsGivenBackCanBeTaken() {
    var bucket = bucket(10, 5);
    bucket.take(5, EVER);
    bucket.giveBack(5);
    assertThat(bucket.take(5, EVER)).hasValue(0);
    bucket.giveBack(100);
    assertThat(bucket.take(6, EVER).getAsLong()).isPositive();
  }

  /** In any time t there pass at most burst + rate × t. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void noMoreThanTheBurstAndTheRatePasses(long seed) {
    record Passed(long atNanos, long count) {}
    var random = new Random(seed);
    double rate = 1 + random.nextInt(1000);
    double burst = 1 + random.nextInt(5000);
    var bucket = bucket(rate, burst);
    var passed = new ArrayList<Passed>();
    for (int i = 0; i < 50 * seed; i++) {
      time.pass(Duration.ofMillis(random.nextInt(300)));
      long count = 1L + random.nextInt((int) burst);
      bucket
          .take(count, Duration.ofSeconds(20).toNanos())
          .ifPresent(wait -> passed.add(new Passed(time.nanoTime() + wait, count)));
    }
    for (int from = 0; from < passed.size(); from++) {
      double sum = 0;
      for (int to = from; to < passed.size(); to++) {
        sum += passed.get(to).count();
        double seconds = (passed.get(to).atNanos() - passed.get(from).atNanos()) / 1e9;
        assertThat(sum).isLessThanOrEqualTo(burst + rate * seconds + 0.001);
      }
    }
  }
}
