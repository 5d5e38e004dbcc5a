package io.raic.gateway.web;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PaceTest {
  private final Pace pace = new Pace();

  private void send(int seconds, int bytes) throws IOException {
    pace.add(TimeUnit.SECONDS.toNanos(seconds), bytes);
  }

  @Test
  void whoSendsAByteAMinuteIsGivenUp() {
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 10; i++) {
                send(59, 1);
              }
            })
        .hasMessageContaining("too slowly");
  }

  @Test
  void whoPausesNowAndThenIsNot() {
    assertThatCode(
            () -> {
              for (int i = 0; i < 100; i++) {
                send(59, 8192);
              }
            })
        .doesNotThrowAnyException();
  }

  @Test
  void aSlowStartIsForgiven() {
    assertThatCode(() -> send(119, 1)).doesNotThrowAnyException();
  }
}
