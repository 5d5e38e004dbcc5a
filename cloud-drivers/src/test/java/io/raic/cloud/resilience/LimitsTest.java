package io.raic.cloud.resilience;

import static io.raic.cloud.contract.StoreUse.bytes;
import static io.raic.cloud.contract.StoreUse.put;
import static io.raic.cloud.contract.StoreUse.read;
import static io.raic.cloud.contract.StoreUse.soon;
import static io.raic.cloud.resilience.GuardedStore.KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.cloud.BackendException;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Operation;
import io.raic.cloud.Precondition;
import io.raic.cloud.contract.Racers;
import io.raic.cloud.memory.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitsTest {
  private static long slept(GuardedStore store) {
    return store.time.sleeps().stream().mapToLong(Duration::toMillis).sum();
  }

  @Test
  void moreRequestsThanTheLimitWaitTheirTurn() {
    try (var store = GuardedStore.of(GuardedStore.requestsPerSecond(10))) {
      for (int i = 0; i < 50 + 30; i++) {
        store.guarded.stat(KEY, soon());
      }
      assertThat(slept(store)).isBetween(2970L, 3000L);
    }
  }

  @Test
  void moreBytesThanTheLimitTakeTheirTime() {
    try (var store = GuardedStore.of(GuardedStore.bytesPerSecond(100_000))) {
      byte[] data = bytes(1, 1_000_000);
      put(store.guarded, KEY, data);
      assertThat(slept(store)).isBetween(4900L, 5000L);
      assertThat(read(store.guarded, KEY).orElseThrow()).isEqualTo(data);
      assertThat(slept(store)).isBetween(14_800L, 15_000L);
      assertThat(store.guarded.report().bytesWritten()).isEqualTo(1_000_000);
      assertThat(store.guarded.report().bytesRead()).isEqualTo(1_000_000);
    }
  }

  @Test
  void thereAreNoMoreCallsAtATimeThanConnections() throws InterruptedException {
    try (var store = GuardedStore.of(GuardedStore.connections(3))) {
      var gate = new CountDownLatch(1);
      store.memory.faults().set(Operation.STAT, new Fault.Hold(gate));
      var seen =
          Racers.race(
              17,
              i -> {
                if (i == 16) {
                  awaitThree(store);
                  int inUse = store.circuit(Kind.READ).connectionsInUse();
                  gate.countDown();
                  return inUse + (int) store.memory.calls().count(Operation.STAT) - 3;
                }
                store.guarded.stat(KEY, soon());
                return 0;
              });
      assertThat(seen.getLast()).isGreaterThanOrEqualTo(3);
      assertThat(store.memory.calls().count(Operation.STAT)).isEqualTo(16);
      assertThat(store.circuit(Kind.READ).connectionsInUse()).isZero();
    }
  }

  private static void awaitThree(GuardedStore store) {
    try {
      assertThat(store.memory.calls().await(Operation.STAT, 3, Duration.ofSeconds(30))).isTrue();
      assertThat(store.memory.calls().await(Operation.STAT, 4, Duration.ofMillis(50))).isFalse();
    } catch (InterruptedException e) {
      throw new AssertionError("not awaited", e);
    }
  }

  @Test
  void aStreamHoldsItsConnectionUntilItIsClosed() {
    try (var store = GuardedStore.of(GuardedStore.connections(1))) {
      put(store.guarded, KEY, bytes(1, 10));
      var upload = store.guarded.begin(KEY, 3, Precondition.none(), soon());
      assertThat(store.circuit(Kind.WRITE).connectionsInUse()).isEqualTo(1);
      // Reading has connections of its own.
      assertThat(read(store.guarded, KEY)).isPresent();
      assertThatThrownBy(() -> store.guarded.delete(KEY, GuardedStore.brief()))
          .isInstanceOf(BackendException.Throttled.class);
      upload.close();
      upload.close();
      assertThat(store.guarded.delete(KEY, soon())).isTrue();
      assertThat(store.circuit(Kind.WRITE).connectionsInUse()).isZero();
    }
  }

  @Test
  void theRequestsOfAMonthEndAndBeginAnew(@TempDir Path directory) {
    var file = directory.resolve("limits").resolve("cloud");
    try (var store = GuardedStore.of(GuardedStore.requestsPerMonth(3), file)) {
      put(store.guarded, KEY, bytes(1, 10));
      read(store.guarded, KEY);
    }
    assertThat(file).hasContent("requests 2026-11 2");
    try (var store = GuardedStore.of(GuardedStore.requestsPerMonth(3), file)) {
      store.guarded.stat(KEY, soon());
      assertThatThrownBy(() -> store.guarded.stat(KEY, soon()))
          .isInstanceOfSatisfying(
              BackendException.Throttled.class,
              e -> assertThat(e.retryAfter()).isBetween(Duration.ofDays(8), Duration.ofDays(9)))
          .hasMessageContaining("the 3 requests of this month are used up");
      assertThat(store.memory.calls().count(Operation.STAT)).isEqualTo(1);
      store.time.pass(Duration.ofDays(9));
      store.guarded.stat(KEY, soon());
      assertThat(store.guarded.report().usage().requestsThisMonth()).isEqualTo(1);
    }
  }

  @Test
  void aLedgerThatMakesNoSenseIsBegunAnew(@TempDir Path directory) throws Exception {
    var file = directory.resolve("cloud");
    Files.writeString(file, "requests 2026-13 x\nbytes\n\nrequests 2026-11 -7\n");
    try (var store = GuardedStore.of(GuardedStore.requestsPerMonth(3), file)) {
      store.guarded.stat(KEY, soon());
      assertThat(store.guarded.report().usage().requestsThisMonth()).isEqualTo(1);
    }
  }

  @Test
  void noByteIsSentOfAnUploadThatWouldBeTooMuch() {
    try (var store = GuardedStore.of(GuardedStore.maxBytes(1000))) {
      put(store.guarded, KEY, bytes(1, 400));
      try (var _ = store.guarded.begin(ObjectKey.of("b"), 500, Precondition.none(), soon())) {
        long begun = store.memory.calls().count(Operation.BEGIN);
        assertThatThrownBy(() -> put(store.guarded, ObjectKey.of("c"), bytes(1, 101)))
            .isInstanceOf(BackendException.OutOfSpace.class)
            .hasMessageContaining("about 900 of the 1000 allowed are stored");
        assertThat(store.memory.calls().count(Operation.BEGIN)).isEqualTo(begun);
        put(store.guarded, ObjectKey.of("d"), bytes(1, 100));
      }
      // What was abandoned does not count.
      put(store.guarded, ObjectKey.of("e"), bytes(1, 500));
      assertThat(store.guarded.capacity(soon()).orElseThrow().freeBytes()).isZero();
    }
  }

  @Test
  void whatIsStoredIsCountedByListing(@TempDir Path directory) {
    var file = directory.resolve("cloud");
    try (var store = GuardedStore.of(GuardedStore.maxBytes(10_000), file)) {
      for (int i = 0; i < 2500; i++) {
        store.memory.objects().put(ObjectKey.of("old/" + i), new byte[2]);
      }
      while (store.guarded.prober().tick().isZero()) {
        // A page each.
      }
      assertThat(store.guarded.report().usage().storedBytes()).hasValue(5000);
      // The same object again counts twice, until the next listing.
      put(store.guarded, KEY, bytes(1, 3000));
      assertThatThrownBy(() -> put(store.guarded, KEY, bytes(1, 3000)))
          .isInstanceOf(BackendException.OutOfSpace.class);
      store.memory.objects().clear();
      store.time.pass(Duration.ofHours(2));
      assertThatThrownBy(() -> put(store.guarded, KEY, bytes(1, 3000)))
          .isInstanceOf(BackendException.OutOfSpace.class);
      store.guarded.prober().tick();
      put(store.guarded, KEY, bytes(1, 3000));
    }
    try (var store = GuardedStore.of(GuardedStore.maxBytes(10_000), file)) {
      assertThat(store.guarded.report().usage().storedBytes()).hasValue(3000);
      store.guarded.prober().tick();
      assertThat(store.memory.calls().count(Operation.LIST)).isZero();
    }
  }

  @Test
  void pausedWritesAreRefusedAndReadingGoesOn() {
    try (var store = GuardedStore.of(ProviderLimits.NONE)) {
      put(store.guarded, KEY, bytes(1, 10));
      store.guarded.pauseWrites("it moves");
      assertThatThrownBy(() -> put(store.guarded, KEY, bytes(1, 10)))
          .isInstanceOf(BackendException.Unavailable.class)
          .hasMessageContaining("writes are paused: it moves");
      assertThatThrownBy(() -> store.guarded.delete(KEY, soon()))
          .isInstanceOf(BackendException.Unavailable.class);
      assertThat(read(store.guarded, KEY)).isPresent();
      assertThat(store.guarded.report().writesPaused()).contains("it moves");
      store.guarded.resumeWrites();
      put(store.guarded, KEY, bytes(1, 10));
    }
  }
}
