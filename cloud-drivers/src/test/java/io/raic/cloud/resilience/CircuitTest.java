package io.raic.cloud.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.cloud.BackendException;
import io.raic.cloud.Operation;
import io.raic.cloud.Request;
import io.raic.cloud.contract.Racers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CircuitTest {
  private static final Request REQUEST = Request.of("cloud", Operation.GET);
  private static final Duration QUICK = Duration.ofMillis(5);
  private static final Duration SLOW = Duration.ofSeconds(5);

  private final FakeTime time = new FakeTime();
  private final List<Transition> heard = new ArrayList<>();
  private final Circuit circuit =
      new Circuit("cloud", Kind.READ, CircuitPolicy.DEFAULT, time, heard::add);

  private static BackendException broken() {
    return new BackendException.Unavailable(REQUEST, "connection refused");
  }

  private void answer(int times, Duration took) {
    for (int i = 0; i < times; i++) {
      circuit.answered(circuit.pass(REQUEST), took);
    }
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      circuit.failed(circuit.pass(REQUEST), QUICK, broken());
    }
  }

  @Test
  void fewFailuresSayNothing() {
    fail(CircuitPolicy.DEFAULT.minimumCalls() - 1);
    assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);
  }

  @Test
  void halfOfTheCallsFailingOpens() {
    answer(5, QUICK);
    fail(4);
    assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);
    fail(1);
    assertThat(circuit.state()).isEqualTo(CircuitState.OPEN);
    assertThat(heard)
        .singleElement()
        .satisfies(change -> {
          assertThat(change.from()).isEqualTo(CircuitState.CLOSED);
          assertThat(change.to()).isEqualTo(CircuitState.OPEN);
          assertThat(change.reason())
              .isEqualTo("5 of 10 calls failed within 60 s: cloud: get: connection refused");
        });
  }

  @Test
  void anOpenCircuitSaysSinceWhenAndWhy() {
    time.pass(Duration.ofSeconds(75));
    fail(5);
    assertThatThrownBy(() -> circuit.pass(REQUEST))
        .isInstanceOf(BackendException.Unavailable.class)
        .hasMessage(
            "cloud: get: not asked, the circuit for reading is open since 2026-11-22T10:01:15Z:"
                + " 5 of 5 calls failed within 60 s: cloud: get: connection refused");
  }

  @Test
  void slowCallsOpen() {
    answer(1, QUICK);
    answer(3, SLOW);
    assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);
    answer(1, SLOW);
    assertThat(circuit.state()).isEqualTo(CircuitState.OPEN);
    assertThat(circuit.status().reason())
        .isEqualTo("4 of 5 calls within 60 s took longer than 4000 ms");
  }

  @Test
  void whatIsLongAgoIsForgotten() {
    fail(4);
    time.pass(CircuitPolicy.DEFAULT.window().plusSeconds(1));
    fail(4);
    assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);
  }

  @Test
  void silenceOpensAtOnce() {
    answer(1000, QUICK);
    circuit.silent(circuit.pass(REQUEST), "no answer");
    assertThat(circuit.state()).isEqualTo(CircuitState.OPEN);
    assertThat(circuit.status().reason()).isEqualTo("no answer");
  }

  @Test
  void aCallFromBeforeSaysNothingAnyMore() {
    long before = circuit.pass(REQUEST);
    circuit.silent(before, "no answer");
    long canary = circuit.halfOpen().orElseThrow();
    circuit.answered(before, QUICK);
    assertThat(circuit.state()).isEqualTo(CircuitState.HALF_OPEN);
    circuit.recovered(canary, QUICK);
    for (int i = 0; i < 20; i++) {
      circuit.failed(before, QUICK, broken());
    }
    circuit.silent(before, "no answer");
    assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);
  }

  @Test
  void aCanaryDecides() {
    circuit.silent(circuit.pass(REQUEST), "no answer");
    var since = circuit.status().since();
    time.pass(Duration.ofSeconds(3));
    circuit.stillBroken(circuit.halfOpen().orElseThrow(), broken());
    assertThat(circuit.state()).isEqualTo(CircuitState.OPEN);
    assertThat(circuit.status().since()).isEqualTo(since);
    circuit.recovered(circuit.halfOpen().orElseThrow(), QUICK);
    assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);
    // Nobody wants a line for each canary.
    assertThat(heard)
        .extracting(Transition::to)
        .containsExactly(CircuitState.OPEN, CircuitState.CLOSED);
    fail(4);
    assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);
  }

  @Test
  void aSlowCanaryDoesNotClose() {
    circuit.silent(circuit.pass(REQUEST), "no answer");
    circuit.recovered(circuit.halfOpen().orElseThrow(), SLOW);
    assertThat(circuit.state()).isEqualTo(CircuitState.OPEN);
    assertThat(circuit.status().reason()).isEqualTo("a canary took 5000 ms");
  }

  @Test
  void noCallerPassesWhileACanaryIsOnItsWayAndOneCanaryOnlyIs() throws InterruptedException {
    circuit.silent(circuit.pass(REQUEST), "no answer");
    var won =
        Racers.race(
            16,
            i -> {
              assertThatThrownBy(() -> circuit.pass(REQUEST))
                  .isInstanceOf(BackendException.Unavailable.class);
              return circuit.halfOpen().isPresent();
            });
    assertThat(won).containsOnlyOnce(true);
    assertThatThrownBy(() -> circuit.pass(REQUEST)).hasMessageContaining("is open since");
  }

  @Test
  void aCircuitForcedOpenStaysOpenUntilReset() {
    circuit.forceOpen("maintenance");
    assertThat(circuit.halfOpen()).isEmpty();
    assertThatThrownBy(() -> circuit.pass(REQUEST)).hasMessageContaining("maintenance");
    circuit.reset();
    circuit.pass(REQUEST);
    assertThat(heard)
        .extracting(Transition::to)
        .containsExactly(CircuitState.FORCED_OPEN, CircuitState.CLOSED);
  }

  @Test
  void aCanaryThatWasUnderWayAtAResetDecidesNothing() {
    circuit.silent(circuit.pass(REQUEST), "no answer");
    long canary = circuit.halfOpen().orElseThrow();
    circuit.reset();
    circuit.stillBroken(canary, broken());
    assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);
    circuit.forceOpen("maintenance");
    circuit.recovered(canary, QUICK);
    assertThat(circuit.state()).isEqualTo(CircuitState.FORCED_OPEN);
  }

  @Test
  void aResetForgetsFailures() {
    fail(4);
    circuit.reset();
    fail(4);
    assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);
  }

  @Test
  void theLastTransitionsAreRemembered() {
    for (int i = 0; i < Circuit.MAX_TRANSITIONS; i++) {
      circuit.forceOpen("number " + i);
      circuit.reset();
    }
    assertThat(circuit.transitions()).hasSize(Circuit.MAX_TRANSITIONS);
    assertThat(circuit.transitions().getFirst().reason()).isEqualTo("number 25");
  }
}
