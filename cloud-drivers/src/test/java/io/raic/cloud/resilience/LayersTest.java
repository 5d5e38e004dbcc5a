package io.raic.cloud.resilience;

import static io.raic.cloud.contract.StoreUse.bytes;
import static io.raic.cloud.contract.StoreUse.put;
import static io.raic.cloud.contract.StoreUse.soon;
import static io.raic.cloud.resilience.GuardedStore.KEY;
import static io.raic.cloud.resilience.GuardedStore.brief;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.cloud.BackendException;
import io.raic.cloud.ByteRange;
import io.raic.cloud.Deadline;
import io.raic.cloud.Operation;
import io.raic.cloud.Precondition;
import io.raic.cloud.call.Retrier;
import io.raic.cloud.memory.Fault;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The order of the layers, by what a call that one of them refuses has taken of the others. */
class LayersTest {
  /** One connection, five requests at once, then one a second; 100 a month; 1000 bytes. */
  private static final ProviderLimits TIGHT =
      new ProviderLimits(
          1,
          OptionalDouble.of(1),
          OptionalLong.empty(),
          OptionalLong.of(100),
          OptionalLong.of(1000));

  private static final int AT_ONCE = ProviderLimits.BURST_SECONDS;

  private static long used(GuardedStore store) {
    return store.guarded.report().usage().requestsThisMonth();
  }

  private static void stat(GuardedStore store) {
    store.guarded.stat(KEY, soon());
  }

  private static void assertFiveRequestsPassAtOnce(GuardedStore store) {
    int before = store.time.sleeps().size();
    for (int i = 0; i < AT_ONCE; i++) {
      stat(store);
    }
    assertThat(store.time.sleeps()).hasSize(before);
    stat(store);
    assertThat(store.time.sleeps()).hasSize(before + 1);
  }

  @Test
  void whatIsRefusedIsCounted() {
    try (var store = GuardedStore.of(TIGHT)) {
      store.guarded.forceOpen(Kind.READ, "test");
      assertThatThrownBy(() -> stat(store)).isInstanceOf(BackendException.Unavailable.class);
      assertThat(store.count(Operation.STAT, Outcome.REFUSED)).isEqualTo(1);
    }
  }

  @Test
  void anOpenCircuitTakesNothingAndWaitsForNothing() {
    try (var store = GuardedStore.of(TIGHT)) {
      put(store.memory, KEY, bytes(1, 10));
      try (var _ = store.guarded.get(KEY, ByteRange.ALL, soon()).orElseThrow()) {
        store.guarded.forceOpen(Kind.READ, "test");
        for (int i = 0; i < 3 * AT_ONCE; i++) {
          assertThatThrownBy(() -> stat(store)).isInstanceOf(BackendException.Unavailable.class);
        }
        assertThat(store.time.sleeps()).isEmpty();
        assertThat(used(store)).isEqualTo(1);
      }
      store.guarded.reset(Kind.READ);
      store.time.pass(Duration.ofSeconds(AT_ONCE));
      assertFiveRequestsPassAtOnce(store);
    }
  }

  @Test
  void anOpenCircuitIsFoundBeforeAFullStore() {
    try (var store = GuardedStore.of(TIGHT)) {
      store.guarded.forceOpen(Kind.WRITE, "test");
      assertThatThrownBy(() -> put(store.guarded, KEY, bytes(1, 5000)))
          .isInstanceOf(BackendException.Unavailable.class);
      store.guarded.reset(Kind.WRITE);
      assertThatThrownBy(() -> put(store.guarded, KEY, bytes(1, 5000)))
          .isInstanceOf(BackendException.OutOfSpace.class);
    }
  }

  @Test
  void aFullStoreIsFoundBeforeAConnectionIsWaitedFor() {
    try (var store = GuardedStore.of(TIGHT);
        var _ = store.guarded.begin(KEY, 1, Precondition.none(), soon())) {
      assertThatThrownBy(() -> put(store.guarded, KEY, bytes(1, 5000)))
          .isInstanceOf(BackendException.OutOfSpace.class);
      assertThat(used(store)).isEqualTo(1);
    }
  }

  @Test
  void whoGetsNoConnectionTakesNoRequest() {
    try (var store = GuardedStore.of(TIGHT)) {
      put(store.memory, KEY, bytes(1, 10));
      try (var _ = store.guarded.get(KEY, ByteRange.ALL, soon()).orElseThrow()) {
        store.time.pass(Duration.ofSeconds(AT_ONCE));
        assertThatThrownBy(() -> store.guarded.stat(KEY, brief()))
            .isInstanceOf(BackendException.Throttled.class)
            .hasMessageContaining("all 1 connections are in use");
      }
      assertThat(used(store)).isEqualTo(1);
      assertThat(store.count(Operation.STAT, Outcome.LIMITED)).isEqualTo(1);
      assertFiveRequestsPassAtOnce(store);
      assertThat(store.changes()).isEmpty();
    }
  }

  @Test
  void whoMustNotBeSoFastTakesNothingOfTheMonth() {
    try (var store = GuardedStore.of(TIGHT)) {
      for (int i = 0; i < AT_ONCE; i++) {
        stat(store);
      }
      assertThatThrownBy(() -> store.guarded.stat(KEY, brief()))
          .isInstanceOf(BackendException.Throttled.class);
      assertThat(used(store)).isEqualTo(AT_ONCE);
      assertThat(store.circuit(Kind.READ).connectionsInUse()).isZero();
    }
  }

  @Test
  void aCircuitThatOpensWhileACallWaitsForItsTurnIsSeen() {
    try (var store = GuardedStore.of(TIGHT)) {
      store.memory.faults().next(Operation.STAT, 1, Fault.throttled(Duration.ofSeconds(2)));
      assertThatThrownBy(() -> stat(store)).isInstanceOf(BackendException.Throttled.class);
      store.time.atSleep(() -> store.guarded.forceOpen(Kind.READ, "meanwhile"));
      assertThatThrownBy(() -> stat(store)).hasMessageContaining("meanwhile");
      assertThat(store.memory.calls().count(Operation.STAT)).isEqualTo(1);
      assertThat(used(store)).isEqualTo(1);
      assertThat(store.circuit(Kind.READ).connectionsInUse()).isZero();
    }
  }

  @Test
  void timeSpentWaitingForOurLimitsIsNotHeldAgainstTheProvider() {
    try (var store = GuardedStore.of(TIGHT)) {
      for (int i = 0; i < 4 * AT_ONCE; i++) {
        stat(store);
      }
      assertThat(store.time.sleeps()).hasSize(3 * AT_ONCE);
      assertThat(store.changes()).isEmpty();
      var longest = store.guarded.report().operation(Operation.STAT).latencies().longest();
      assertThat(longest).isLessThan(Duration.ofSeconds(20));
    }
  }

  @Test
  void aRunningTransferGoesOnThoughTheCircuitOpens() {
    try (var store = GuardedStore.of(GuardPolicy.DEFAULT)) {
      put(store.guarded, KEY, bytes(1, 10));
      try (var download = store.guarded.get(KEY, ByteRange.ALL, soon()).orElseThrow();
          var upload = store.guarded.begin(KEY, 1, Precondition.none(), soon())) {
        store.guarded.forceOpen(Kind.READ, "test");
        store.guarded.forceOpen(Kind.WRITE, "test");
        assertThat(download.read(new byte[20], 0, 20)).isEqualTo(10);
        upload.write(new byte[1], 0, 1);
        upload.commit();
      }
    }
  }

  @Test
  void nothingIsRepeatedHere() {
    try (var store = GuardedStore.of(GuardPolicy.DEFAULT)) {
      store.memory.faults().set(Operation.STAT, Fault.unavailable());
      assertThatThrownBy(() -> stat(store)).isInstanceOf(BackendException.Unavailable.class);
      assertThat(store.memory.calls().count(Operation.STAT)).isEqualTo(1);
    }
  }

  @Test
  void aDriverThatRepeatsIsNotMultiplied() {
    try (var store = GuardedStore.of(GuardPolicy.DEFAULT)) {
      var retrier = new Retrier();
      store.memory.faults().set(Operation.STAT, Fault.unavailable());
      assertThatThrownBy(() ->
              retrier.call(
                  Deadline.in(Duration.ofSeconds(60)), _ -> store.memory.stat(KEY, soon())))
          .isInstanceOf(BackendException.Unavailable.class);
      long ofTheDriver = store.memory.calls().count(Operation.STAT);
      store.memory.calls().reset();
      try (var guarded =
          GuardedStore.of(
              GuardPolicy.DEFAULT, _ -> new RetryingStore(store.memory, new Retrier()))) {
        assertThatThrownBy(() -> stat(guarded)).isInstanceOf(BackendException.Unavailable.class);
      }
      assertThat(store.memory.calls().count(Operation.STAT)).isEqualTo(ofTheDriver).isEqualTo(5);
    }
  }
}
