package io.raic.gateway.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ThrottleTest {
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.ofEpochSecond(1_000_000));
  private final Throttle throttle = new Throttle(now::get);

  private void pass(Duration time) {
    now.updateAndGet(then -> then.plus(time));
  }

  private void fail(int times, String name, String address) {
    for (int i = 0; i < times; i++) {
      assertThat(throttle.attempt(name, address)).isZero();
    }
  }

  @Test
  void aNameWaitsTwiceAsLongEachTimeUpToAMinute() {
    fail(5, "alice", "192.0.2.1");
    for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
      var wait = Duration.ofSeconds(seconds);
      assertThat(throttle.attempt("alice", "192.0.2.2")).isEqualTo(wait);
      assertThat(throttle.attempt("bob", "192.0.2.2")).isZero();
      throttle.succeeded("bob", "192.0.2.2");
      pass(wait);
      assertThat(throttle.attempt("alice", "192.0.2.3")).isZero();
    }
  }

  @Test
  void aRightPasswordEndsTheWaiting() {
    fail(4, "alice", "192.0.2.1");
    fail(1, "alice", "192.0.2.1");
    throttle.succeeded("alice", "192.0.2.1");
    fail(5, "alice", "192.0.2.1");
  }

  @Test
  void anAttemptThatIsGivenBackCountsForTheNameOnly() {
    for (int i = 0; i < 5; i++) {
      fail(1, "alice", "192.0.2.1");
      throttle.giveBack("192.0.2.1");
    }
    assertThat(throttle.attempt("alice", "192.0.2.2")).isPositive();
    for (int i = 0; i < 20; i++) {
      fail(1, "name" + i, "192.0.2.1");
    }
    assertThat(throttle.attempt("another", "192.0.2.1")).isPositive();
  }

  @Test
  void anAddressWaitsWhateverNamesItTries() {
    for (int i = 0; i < 20; i++) {
      fail(1, "name" + i, "192.0.2.1");
    }
    assertThat(throttle.attempt("another", "192.0.2.1")).isPositive();
    assertThat(throttle.attempt("another", "192.0.2.2")).isZero();
  }

  @Test
  void addressesOfOneNetworkCountTogether() {
    for (int i = 0; i < 20; i++) {
      fail(1, "name" + i, "2001:db8::" + i);
    }
    assertThat(throttle.attempt("another", "2001:db8::ffff")).isPositive();
    assertThat(throttle.attempt("another", "2001:db8:0:1::1")).isZero();
  }

  @Test
  void itForgetsAndNeverGrows() {
    fail(5, "alice", "192.0.2.1");
    for (int i = 0; i < 20_000; i++) {
      fail(1, "name" + i, "198.51.%d.%d".formatted(i / 200, i % 200));
    }
    assertThat(throttle.attempt("alice", "192.0.2.1")).isZero();
  }
}
