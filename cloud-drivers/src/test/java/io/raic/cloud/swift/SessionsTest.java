package io.raic.cloud.swift;

import static io.raic.cloud.contract.StoreUse.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.cloud.BackendException;
import io.raic.cloud.Deadline;
import io.raic.cloud.Operation;
import io.raic.cloud.Request;
import io.raic.cloud.contract.Racers;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One login at a time, and only when it is needed. */
class SessionsTest {
  private static final Request ABOUT = Request.of("test", Operation.GET);
  private static final long HOUR = Duration.ofHours(1).toNanos();

  private final SwiftHttp http = new SwiftHttp();
  private final AtomicInteger logins = new AtomicInteger();
  private boolean isDown;
  private Duration given = Duration.ZERO;

  @AfterEach
  void close() {
    http.close();
  }

  /** Gives tokens that are that old, of an hour's life. */
  private Sessions sessions(Duration age) {
    Login login =
        (_, about, deadline) -> {
          given = deadline.remaining();
          int number = logins.incrementAndGet();
          if (isDown) {
            throw new BackendException.Unavailable(about, "down");
          }
          long asked = System.nanoTime() - age.toNanos();
          return Session.of(
              URI.create("http://h/v1"), "token" + number, asked, Duration.ofNanos(HOUR));
        };
    return new Sessions(login, http);
  }

  @Test
  void manyThatNeedATokenGetOne() throws InterruptedException {
    var sessions = sessions(Duration.ZERO);
    var first = sessions.get(ABOUT, soon());
    assertThat(Racers.race(16, _ -> sessions.get(ABOUT, soon()))).containsOnly(first);
    assertThat(Racers.race(16, _ -> sessions.renewed(first, ABOUT, soon()))).doesNotContain(first);
    assertThat(logins).hasValue(2);
  }

  @Test
  void aTokenIsRenewedBeforeItEndsAndUsedWhileThatFails() {
    var sessions = sessions(Duration.ofMinutes(56));
    var first = sessions.get(ABOUT, soon());
    assertThat(sessions.get(ABOUT, soon())).isNotEqualTo(first);
    var second = sessions.get(ABOUT, soon());
    isDown = true;
    int before = logins.get();
    assertThat(sessions.get(ABOUT, soon())).isEqualTo(second);
    assertThat(logins).hasValue(before + 1);
    assertThat(given).isLessThan(Duration.ofSeconds(4));
  }

  @Test
  void aTokenThatIsStillGoodIsNotRenewedAtEachCallWhileThatFails() {
    var sessions = sessions(Duration.ofMinutes(56));
    var first = sessions.get(ABOUT, soon());
    isDown = true;
    for (int i = 0; i < 10; i++) {
      assertThat(sessions.get(ABOUT, soon())).isEqualTo(first);
    }
    assertThat(logins).hasValue(2);
  }

  @Test
  void aTokenThatIsOverIsNotUsed() {
    var sessions = sessions(Duration.ofMinutes(61));
    sessions.get(ABOUT, soon());
    isDown = true;
    assertThatThrownBy(() -> sessions.get(ABOUT, soon()))
        .isInstanceOf(BackendException.Unavailable.class);
  }

  @Test
  void whoeverIsInterruptedOrLateGetsNoToken() {
    var sessions = sessions(Duration.ZERO);
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> sessions.get(ABOUT, Deadline.in(Duration.ofSeconds(1))))
          .isInstanceOf(BackendException.Unavailable.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(sessions.get(ABOUT, soon()).toString()).doesNotContain("token1");
  }
}
