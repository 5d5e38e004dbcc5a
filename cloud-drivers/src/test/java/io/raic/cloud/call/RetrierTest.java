package io.raic.cloud.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.cloud.BackendException;
import io.raic.cloud.Deadline;
import io.raic.cloud.Operation;
import io.raic.cloud.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RetrierTest {
  private static final Request REQUEST = Request.of("cloud", Operation.GET);

  private final List<Duration> waits = new ArrayList<>();
  private final List<Long> bounds = new ArrayList<>();
  private final Retrier retrier =
      new Retrier(
          waits::add,
          bound -> {
            bounds.add(bound);
            return bound - 1;
          });

  private static BackendException unavailable() {
    return new BackendException.Unavailable(REQUEST, "down");
  }

  private static Deadline soon() {
    return Deadline.in(Duration.ofMinutes(5));
  }

  /** Makes a request that fails a number of times, and returns the attempts made. */
  private int attempts(int failures, BackendException failure, Deadline deadline) {
    var made = new int[1];
    try {
      retrier.call(
          deadline,
          number -> {
            assertThat(number).isEqualTo(++made[0]);
            if (number <= failures) {
              throw failure;
            }
            return number;
          });
    } catch (BackendException e) {
      assertThat(e).isSameAs(failure);
    }
    return made[0];
  }

  @Test
  void whatSucceedsIsAskedOnce() {
    assertThat(attempts(0, unavailable(), soon())).isEqualTo(1);
    assertThat(waits).isEmpty();
  }

  @Test
  void whatFailsForAMomentSucceedsInTheEnd() {
    assertThat(
            retrier.<String>call(
                soon(),
                n -> {
                  if (n < 3) {
                    throw unavailable();
                  }
                  return "answer " + n;
                }))
        .isEqualTo("answer 3");
  }

  @Test
  void waitsAreAPartOfABoundThatDoubles() {
    assertThat(attempts(99, unavailable(), soon())).isEqualTo(Retrier.MAX_ATTEMPTS);
    assertThat(bounds.stream().map(Duration::ofNanos).map(Duration::toMillis))
        .containsExactly(100L, 200L, 400L, 800L, 1600L);
    assertThat(waits.stream().map(Duration::toNanos))
        .containsExactlyElementsOf(bounds.subList(0, 4).stream().map(b -> b - 1).toList());
  }

  @Test
  void aStoreThatNamesATimeIsLeftAloneThatLong() {
    var throttled = new BackendException.Throttled(REQUEST, "slow down", Duration.ofSeconds(7));
    assertThat(attempts(1, throttled, soon())).isEqualTo(2);
    assertThat(waits.getFirst()).isBetween(Duration.ofSeconds(7), Duration.ofMillis(7100));
  }

  @Test
  void aWaitThatWouldOutlastTheDeadlineIsNotBegun() {
    var throttled = new BackendException.Throttled(REQUEST, "slow down", Duration.ofHours(1));
    assertThat(attempts(1, throttled, soon())).isEqualTo(1);
    assertThat(attempts(1, unavailable(), new Deadline(Duration.ofSeconds(1), System.nanoTime())))
        .isEqualTo(1);
    assertThat(waits).isEmpty();
  }

  static Stream<BackendException> finalErrors() {
    return Stream.of(
        new BackendException.PreconditionFailed(REQUEST, "it is there"),
        new BackendException.AccessDenied(REQUEST, "no"),
        new BackendException.OutOfSpace(REQUEST, "full"),
        new BackendException.Corrupt(REQUEST, "short"));
  }

  @ParameterizedTest
  @MethodSource("finalErrors")
  void whatStaysSoIsNotTriedAgain(BackendException error) {
    assertThat(attempts(1, error, soon())).isEqualTo(1);
  }

  @Test
  void aStoreThatFailsAllTheTimeIsNotAskedManyTimesOver() {
    int made = 0;
    for (int i = 0; i < 100; i++) {
      made += attempts(99, unavailable(), soon());
    }
    assertThat(made).isEqualTo(100 + Retrier.BUDGET);
    for (int i = 0; i < Retrier.SUCCESSES_A_RETRY; i++) {
      attempts(0, unavailable(), soon());
    }
    assertThat(attempts(99, unavailable(), soon())).isEqualTo(2);
  }

  @Test
  void anInterruptedThreadTriesNoMore() {
    Thread.currentThread().interrupt();
    try {
      assertThat(attempts(1, unavailable(), soon())).isEqualTo(1);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void anInterruptEndsAWait() {
    var interrupted =
        new Retrier(
            _ -> {
              throw new InterruptedException();
            },
            _ -> 1);
    var throttled = new BackendException.Throttled(REQUEST, "slow down", Duration.ofSeconds(1));
    try {
      assertThatThrownBy(() ->
              interrupted.call(
                  soon(),
                  _ -> {
                    throw throttled;
                  }))
          .isInstanceOf(BackendException.Unavailable.class)
          .hasMessage("cloud: get: interrupted");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
