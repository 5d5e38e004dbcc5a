package io.raic.gateway.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JobsTest {
  private static final Duration POLL = Duration.ofMillis(50);

  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource
  void aThingIsDoneAgainAndAgainAndByOneGatewayAtATime(TestDatabase kind) throws Exception {
    var settings = kind.fresh(directory);
    var running = new AtomicInteger();
    var most = new AtomicInteger();
    var done = new Semaphore(0);
    var job =
        new Jobs.Job(
            "count",
            Duration.ofMillis(1),
            _ -> {
              most.accumulateAndGet(running.incrementAndGet(), Math::max);
              Thread.onSpinWait();
              running.decrementAndGet();
              done.release();
            });
    try (var one = Database.open(settings);
        var other = Database.open(settings);
        var _ = Jobs.start(one, List.of(job), POLL);
        var _ = Jobs.start(other, List.of(job), POLL)) {
      assertThat(done.tryAcquire(6, 60, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(most.get()).isEqualTo(1);
  }

  @Test
  void whatGoesOnIsToldToEnd() throws Exception {
    var begun = new CountDownLatch(1);
    var ended = new CountDownLatch(1);
    try (var database = TestDatabase.SQLITE.open(directory)) {
      var jobs =
          Jobs.start(
              database,
              List.of(
                  new Jobs.Job(
                      "endless",
                      Duration.ofHours(1),
                      isEnding -> {
                        begun.countDown();
                        while (!isEnding.getAsBoolean()) {
                          Thread.onSpinWait();
                        }
                        ended.countDown();
                      })),
              POLL);
      assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
      jobs.close();
    }
    assertThat(ended.getCount()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void aThingThatFailsIsTriedAgain(TestDatabase kind) throws Exception {
    var done = new Semaphore(0);
    try (var database = kind.open(directory);
        var _ =
            Jobs.start(
                database,
                List.of(
                    new Jobs.Job(
                        "fail",
                        Duration.ofMillis(1),
                        _ -> {
                          done.release();
                          throw new IllegalStateException("made to fail");
                        })),
                POLL)) {
      assertThat(done.tryAcquire(3, 60, TimeUnit.SECONDS)).isTrue();
    }
  }
}
