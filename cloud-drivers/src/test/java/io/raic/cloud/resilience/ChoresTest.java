package io.raic.cloud.resilience;

import static io.raic.cloud.contract.StoreUse.put;
import static io.raic.cloud.contract.StoreUse.soon;
import static io.raic.cloud.resilience.GuardedStore.KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.cloud.BackendException;
import io.raic.cloud.Operation;
import io.raic.cloud.memory.Fault;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Listings and canaries, and what they may take of what callers want. */
class ChoresTest {
  private static final ProviderLimits COUNTED = GuardedStore.maxBytes(1000);

  @Test
  void nothingIsListedWhileACircuitIsOpen() {
    try (var store = GuardedStore.of(COUNTED)) {
      store.guarded.forceOpen(Kind.WRITE, "test");
      store.guarded.prober().tick();
      assertThat(store.memory.calls().count(Operation.LIST)).isZero();
      store.guarded.reset(Kind.WRITE);
      store.guarded.prober().tick();
      assertThat(store.memory.calls().count(Operation.LIST)).isEqualTo(1);
    }
  }

  @Test
  void aListingThatHangsMakesWayForTheCanary() throws InterruptedException {
    var closed = new CountDownLatch(1);
    try (var store = GuardedStore.of(COUNTED)) {
      store.memory.faults().set(Operation.LIST, new Fault.Hang());
      store.onChange(() -> {
        if (store.heard.getLast().to() == CircuitState.CLOSED) {
          closed.countDown();
        }
      });
      store.guarded.startProbing((name, work) -> Thread.ofVirtual().name(name).start(work));
      assertThat(store.memory.calls().await(Operation.LIST, 1, Duration.ofSeconds(30))).isTrue();
      store.memory.faults().next(Operation.COMMIT, 5, Fault.unavailable());
      for (int i = 0; i < 5; i++) {
        assertThatThrownBy(() -> put(store.guarded, KEY, new byte[1]))
            .isInstanceOf(BackendException.Unavailable.class);
      }
      // Sooner than a listing would have ended.
      assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aListingLeavesAThrottlingStoreAloneAndMakesCallersDoTheSame() {
    try (var store = GuardedStore.of(COUNTED)) {
      store.memory.faults().next(Operation.LIST, 1, Fault.throttled(Duration.ofMinutes(5)));
      store.guarded.prober().tick();
      assertThat(store.circuit(Kind.READ).heldUntil()).isPresent();
      store.tickAfter(Duration.ofMinutes(2));
      assertThat(store.memory.calls().count(Operation.LIST)).isEqualTo(1);
      store.tickAfter(Duration.ofMinutes(3));
      assertThat(store.memory.calls().count(Operation.LIST)).isEqualTo(2);
    }
  }

  @Test
  void aListingTakesItsTurn() {
    var paced =
        new ProviderLimits(
            8,
            OptionalDouble.of(1),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.of(1000));
    try (var store = GuardedStore.of(paced)) {
      for (int i = 0; i < ProviderLimits.BURST_SECONDS; i++) {
        store.guarded.stat(KEY, soon());
      }
      store.guarded.prober().tick();
      assertThat(store.time.sleeps()).hasSize(1);
    }
  }

  @Test
  void aListingThatAlwaysFailsIsToldOnceUntilItWorks() {
    try (var store = GuardedStore.of(COUNTED)) {
      store.memory.faults().set(Operation.LIST, Fault.unavailable());
      for (int i = 0; i < 20; i++) {
        store.tickAfter(Duration.ofMinutes(2));
      }
      assertThat(store.troubles)
          .containsExactly("what it stores could not be listed, to be counted");
      store.memory.faults().clear();
      store.tickAfter(Duration.ofMinutes(2));
      assertThat(store.guarded.report().usage().storedBytes()).hasValue(0);
    }
  }

  @Test
  void canariesTakeAFiftiethOfTheMonth() {
    try (var store = GuardedStore.of(GuardedStore.requestsPerMonth(40_000))) {
      store.memory.faults().setAll(Fault.unavailable());
      for (int i = 0; i < 5; i++) {
        assertThatThrownBy(() -> store.guarded.stat(KEY, soon()))
            .isInstanceOf(BackendException.Unavailable.class);
      }
      // A week.
      for (int i = 0; i < 7 * 24 * 60; i++) {
        store.tickAfter(Duration.ofMinutes(1));
      }
      assertThat(store.memory.calls().count(Operation.BEGIN)).isBetween(40L, 75L);
      store.memory.faults().clear();
      for (int i = 0; i < 4 * 60; i++) {
        store.tickAfter(Duration.ofMinutes(1));
      }
      assertThat(store.state(Kind.READ)).isEqualTo(CircuitState.CLOSED);
    }
  }

  @Test
  void suspicionsTakeNoMoreOfTheMonth() {
    try (var store = GuardedStore.of(GuardedStore.requestsPerMonth(40_000))) {
      for (int i = 0; i < 24 * 60; i++) {
        store.guarded.prober().suspect();
        store.tickAfter(Duration.ofMinutes(1));
      }
      assertThat(store.memory.calls().count(Operation.BEGIN)).isBetween(5L, 8L);
    }
  }

  @Test
  void aCircuitThatOpensAgainAndAgainStillCloses() {
    // Of so few requests canaries get one a day.
    try (var store = GuardedStore.of(GuardedStore.requestsPerMonth(200))) {
      for (int round = 0; round < 3; round++) {
        store.memory.faults().next(Operation.STAT, 5, Fault.unavailable());
        for (int i = 0; i < 5; i++) {
          assertThatThrownBy(() -> store.guarded.stat(KEY, soon()))
              .isInstanceOf(BackendException.Unavailable.class);
        }
        for (int i = 0; i < 25 * 60 && store.state(Kind.READ) != CircuitState.CLOSED; i++) {
          store.tickAfter(Duration.ofMinutes(1));
        }
        assertThat(store.state(Kind.READ)).isEqualTo(CircuitState.CLOSED);
      }
      assertThat(store.memory.calls().count(Operation.BEGIN)).isEqualTo(3);
    }
  }

  @Test
  void whatChangesIsToldOutsideOfTheCircuit() {
    try (var store = GuardedStore.of(GuardPolicy.DEFAULT)) {
      store.onChange(() -> {
        throw new IllegalStateException("a test");
      });
      store.guarded.forceOpen(Kind.READ, "test");
      store.guarded.reset(Kind.READ);
      assertThat(store.heard).isEmpty();
      store.onChange(() -> {});
      store.guarded.prober().tick();
      assertThat(store.heard).hasSize(2);
      assertThat(store.guarded.list("", Optional.empty(), 1, soon()).objects()).isEmpty();
    }
  }
}
