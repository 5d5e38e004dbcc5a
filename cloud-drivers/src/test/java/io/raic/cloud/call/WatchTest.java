package io.raic.cloud.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.raic.cloud.Deadline;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WatchTest {
  private static final Duration LONG = Duration.ofHours(1);

  @Test
  void aTransferThatStandsStillIsCut() throws InterruptedException {
    var cut = new CountDownLatch(1);
    try (var watch =
        Watch.of(Deadline.in(Duration.ofMillis(50)).nextFor(1L << 40), cut::countDown)) {
      assertThat(cut.await(1, TimeUnit.MINUTES)).isTrue();
      assertThat(watch.isCut()).isTrue();
    }
  }

  @Test
  void aTransferThatMovesIsCutAtItsDeadlineOnly() throws InterruptedException {
    var cut = new CountDownLatch(1);
    long start = System.nanoTime();
    // Two steps long as a whole, and never still for one of them.
    var deadline = new Deadline(Duration.ofMillis(400), start + 800_000_000L);
    try (var watch = Watch.of(deadline, cut::countDown)) {
      while (!cut.await(1, TimeUnit.MILLISECONDS)) {
        watch.moved();
      }
      assertThat(System.nanoTime() - deadline.endNanos()).isNotNegative();
    }
  }

  @Test
  void theThreadOfATransferIsInterrupted() {
    try (var watch = Watch.ofThisThread(Deadline.in(Duration.ofMillis(50)))) {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException _) {
        assertThat(watch.isCut()).isTrue();
      }
    }
  }

  @Test
  void nothingIsCutAfterTheEnd() {
    var watch = Watch.of(Deadline.in(LONG), () -> {});
    watch.close();
    assertThat(watch.isCut()).isFalse();
  }
}
