package io.raic.cloud.resilience;

import static io.raic.cloud.contract.StoreUse.bytes;
import static io.raic.cloud.contract.StoreUse.put;
import static io.raic.cloud.contract.StoreUse.soon;
import static io.raic.cloud.resilience.GuardedStore.KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.cloud.BackendException;
import io.raic.cloud.Operation;
import io.raic.cloud.PartSizes;
import io.raic.cloud.Precondition;
import io.raic.cloud.Traits;
import io.raic.cloud.memory.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What limits of ours cost, and whom they are held against. */
class OwnLimitsTest {
  @Test
  void anUploadSaysHowLongItWasHeldBack() {
    try (var store = GuardedStore.of(GuardedStore.bytesPerSecond(100_000));
        var upload = store.guarded.begin(KEY, 600_000, Precondition.none(), soon())) {
      upload.write(bytes(1, 500_000), 0, 500_000);
      long before = upload.heldBackNanos();
      var during = new long[1];
      store.time.atSleep(() -> during[0] = upload.heldBackNanos());
      upload.write(bytes(1, 100_000), 0, 100_000);
      assertThat(during[0]).isGreaterThan(before);
      assertThat(upload.heldBackNanos()).isGreaterThanOrEqualTo(during[0]);
    }
  }

  @Test
  void eachPartIsARequestOfItsSecond() {
    try (var store =
        GuardedStore.of(
            new GuardPolicy(GuardedStore.requestsPerSecond(1), CircuitPolicy.DEFAULT),
            memory ->
                new DelegatingStore(memory) {
                  @Override
                  public Traits traits() {
                    var usual = super.traits();
                    return new Traits(
                        usual.createOnly(),
                        usual.replaceIfMatches(),
                        usual.maxObjectBytes(),
                        PartSizes.always(1000));
                  }
                })) {
      // One to begin, ten parts, and one to commit; five pass at once.
      put(store.guarded, KEY, bytes(1, 10_000));
      long slept = store.time.sleeps().stream().mapToLong(Duration::toMillis).sum();
      assertThat(slept).isBetween(6900L, 7000L);
    }
  }

  @Test
  void whatAThrottlingStoreWantsCanBeSeenAndForgotten() {
    try (var store = GuardedStore.of(GuardPolicy.DEFAULT)) {
      assertThat(store.circuit(Kind.READ).heldUntil()).isEmpty();
      store.memory.faults().next(Operation.STAT, 1, Fault.throttled(Duration.ofMinutes(10)));
      assertThatThrownBy(() -> store.guarded.stat(KEY, soon()))
          .isInstanceOf(BackendException.Throttled.class);
      assertThat(store.circuit(Kind.READ).heldUntil())
          .contains(store.time.instant().plus(Duration.ofMinutes(10)));
      store.guarded.reset(Kind.READ);
      assertThat(store.circuit(Kind.READ).heldUntil()).isEmpty();
      store.guarded.stat(KEY, soon());
      assertThat(store.time.sleeps()).isEmpty();
    }
  }

  @Test
  void commitsThatTakeLongForWhatTheyHoldAreSlow() {
    try (var store =
        GuardedStore.of(
            new GuardPolicy(ProviderLimits.NONE, GuardedStore.slowAfter(Duration.ofMillis(5))))) {
      store.memory.faults().set(Operation.COMMIT, new Fault.Delay(Duration.ofMillis(20)));
      for (int i = 0; i < CircuitPolicy.DEFAULT.minimumCalls(); i++) {
        put(store.guarded, KEY, bytes(1, 10));
      }
      assertThat(store.state(Kind.WRITE)).isEqualTo(CircuitState.OPEN);
    }
  }

  @Test
  void commitsOfLongObjectsMayTakeLong() {
    try (var store =
        GuardedStore.of(
            new GuardPolicy(ProviderLimits.NONE, GuardedStore.slowAfter(Duration.ofMillis(5))))) {
      store.memory.faults().set(Operation.COMMIT, new Fault.Delay(Duration.ofMillis(20)));
      for (int i = 0; i < 2 * CircuitPolicy.DEFAULT.minimumCalls(); i++) {
        put(store.guarded, KEY, bytes(1, 1 << 20));
      }
      assertThat(store.state(Kind.WRITE)).isEqualTo(CircuitState.CLOSED);
    }
  }

  @Test
  void aLedgerIsNoOtherStoresLedger(@TempDir Path directory) throws Exception {
    var ledgers = directory.resolve("data").resolve("limits");
    try (var next = GuardedStore.of(GuardedStore.requestsPerMonth(9), ledgers.resolve("a.next"))) {
      next.guarded.stat(KEY, soon());
    }
    try (var store = GuardedStore.of(GuardedStore.requestsPerMonth(9), ledgers.resolve("a"))) {
      store.guarded.stat(KEY, soon());
      store.guarded.stat(KEY, soon());
    }
    try (var files = Files.list(ledgers)) {
      assertThat(files).hasSize(2);
    }
    assertThat(ledgers.resolve("a")).hasContent("requests 2026-11 2");
    assertThat(ledgers.resolve("a.next")).hasContent("requests 2026-11 1");
  }
}
