package io.raic.cloud.resilience;

import static io.raic.cloud.contract.StoreUse.put;
import static io.raic.cloud.contract.StoreUse.soon;
import static io.raic.cloud.resilience.GuardedStore.KEY;
import static io.raic.cloud.resilience.GuardedStore.brief;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.cloud.BackendException;
import io.raic.cloud.Operation;
import io.raic.cloud.memory.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ProberTest {
  private static final Duration INTERVAL = CircuitPolicy.DEFAULT.probeInterval();

  /** What hangs costs a canary so long. */
  private static final GuardPolicy HASTY =
      new GuardPolicy(ProviderLimits.NONE, GuardedStore.slowAfter(Duration.ofMillis(300)));

  private static void hang(GuardedStore store) {
    store.memory.faults().setAll(new Fault.Hang());
    assertThatThrownBy(() -> store.guarded.stat(KEY, brief()))
        .isInstanceOf(BackendException.Unavailable.class);
    assertThat(store.state(Kind.READ)).isEqualTo(CircuitState.OPEN);
  }

  @Test
  void nothingIsSentWhileAllIsWell() {
    try (var store = GuardedStore.of(GuardPolicy.DEFAULT)) {
      store.guarded.stat(KEY, soon());
      for (int i = 0; i < 1000; i++) {
        store.tickAfter(Duration.ofMinutes(1));
      }
      assertThat(store.memory.calls().count(Operation.BEGIN)).isZero();
      assertThat(store.guarded.report().lastProbe()).isEmpty();
    }
  }

  @Test
  void aMistakeIsFoundOutAtOnce() {
    try (var store = GuardedStore.of(GuardPolicy.DEFAULT)) {
      store.memory.faults().next(Operation.STAT, 1, new Fault.Hang());
      assertThatThrownBy(() -> store.guarded.stat(KEY, brief()))
          .isInstanceOf(BackendException.Unavailable.class);
      store.guarded.prober().tick();
      assertThat(store.state(Kind.READ)).isEqualTo(CircuitState.CLOSED);
      store.guarded.stat(KEY, soon());
      assertThat(store.memory.objects().keys()).isEmpty();
      assertThat(store.heard)
          .extracting(Transition::to)
          .containsExactly(CircuitState.OPEN, CircuitState.CLOSED);
    }
  }

  @Test
  void aCanaryFindsWhatNoCallerHasFound() {
    try (var store = GuardedStore.of(HASTY)) {
      hang(store);
      assertThat(store.state(Kind.WRITE)).isEqualTo(CircuitState.CLOSED);
      store.guarded.prober().tick();
      assertThat(store.state(Kind.WRITE)).isEqualTo(CircuitState.OPEN);
      assertThat(store.circuit(Kind.WRITE).reason()).startsWith("a canary failed: cloud: begin");
      assertThat(store.guarded.report().lastProbe().orElseThrow().failures())
          .containsOnlyKeys(Kind.READ, Kind.WRITE);
    }
  }

  @Test
  void whoeverIsWantedIsLookedAtEarlyAndNotMoreThanOnceASecond() {
    try (var store = GuardedStore.of(GuardPolicy.DEFAULT)) {
      store.memory.faults().setAll(Fault.unavailable());
      for (int i = 0; i < 5; i++) {
        assertThatThrownBy(() -> store.guarded.stat(KEY, soon()));
      }
      for (int i = 0; i < 20; i++) {
        store.tickAfter(INTERVAL);
      }
      store.memory.faults().clear();
      store.tickAfter(Duration.ofMillis(900));
      assertThat(store.state(Kind.READ)).isEqualTo(CircuitState.OPEN);

      // Nobody has started what sends canaries.
      assertThat(store.guarded.wanted()).isFalse();
      store.tickAfter(Duration.ofMillis(50));
      assertThat(store.state(Kind.READ)).isEqualTo(CircuitState.OPEN);
      store.tickAfter(Duration.ofMillis(50));

      assertThat(store.state(Kind.READ)).isEqualTo(CircuitState.CLOSED);
      assertThat(store.guarded.wanted()).isFalse();
    }
  }

  @Test
  void recoveryIsNoticedWithinTheProbeInterval() {
    try (var store = GuardedStore.of(GuardPolicy.DEFAULT)) {
      store.memory.faults().setAll(Fault.unavailable());
      for (int i = 0; i < 5; i++) {
        assertThatThrownBy(() -> store.guarded.stat(KEY, soon()))
            .isInstanceOf(BackendException.Unavailable.class);
      }
      // A long time: the pauses have become as long as they get.
      for (int i = 0; i < 200; i++) {
        store.tickAfter(Duration.ofSeconds(1));
      }
      assertThat(store.state(Kind.READ)).isEqualTo(CircuitState.OPEN);
      assertThat(store.state(Kind.WRITE)).isEqualTo(CircuitState.OPEN);
      long probes = store.memory.calls().count(Operation.GET);
      assertThat(probes).isBetween(9L, 16L);
      store.memory.faults().clear();
      store.tickAfter(INTERVAL);
      assertThat(store.state(Kind.READ)).isEqualTo(CircuitState.CLOSED);
      assertThat(store.state(Kind.WRITE)).isEqualTo(CircuitState.CLOSED);
      put(store.guarded, KEY, new byte[1]);
    }
  }

  @Test
  void afterAShortBreakTheCanariesComeSoon() {
    try (var store = GuardedStore.of(GuardPolicy.DEFAULT)) {
      store.memory.faults().setAll(Fault.unavailable());
      for (int i = 0; i < 5; i++) {
        assertThatThrownBy(() -> store.guarded.stat(KEY, soon()))
            .isInstanceOf(BackendException.Unavailable.class);
      }
      store.guarded.prober().tick();
      store.memory.faults().clear();
      assertThat(store.guarded.prober().tick()).isLessThanOrEqualTo(Duration.ofSeconds(1));
      store.tickAfter(Duration.ofSeconds(1));
      assertThat(store.state(Kind.READ)).isEqualTo(CircuitState.CLOSED);
    }
  }

  @Test
  void oneKindCanBeBrokenAlone() {
    try (var store = GuardedStore.of(GuardPolicy.DEFAULT)) {
      store.memory.faults().set(Operation.COMMIT, Fault.unavailable());
      for (int i = 0; i < 5; i++) {
        assertThatThrownBy(() -> put(store.guarded, KEY, new byte[1]))
            .isInstanceOf(BackendException.Unavailable.class);
      }
      store.guarded.prober().tick();
      assertThat(store.state(Kind.WRITE)).isEqualTo(CircuitState.OPEN);
      assertThat(store.state(Kind.READ)).isEqualTo(CircuitState.CLOSED);
    }
  }

  @Test
  void aStoreThatIsFullIsNotBroken() {
    try (var store = GuardedStore.of(GuardPolicy.DEFAULT)) {
      store.memory.faults().set(Operation.BEGIN, Fault.outOfSpace());
      store.guarded.probeNow();
      store.guarded.prober().tick();
      assertThat(store.changes()).isEmpty();
      assertThat(store.guarded.report().lastProbe().orElseThrow().failures()).isEmpty();
    }
  }

  @Test
  void aCanaryThatComesBackChangedDoesNotClose() {
    try (var store = GuardedStore.of(HASTY)) {
      hang(store);
      store.memory.faults().clear();
      store.memory.faults().set(Operation.GET, Fault.garbled());
      store.guarded.prober().tick();
      assertThat(store.state(Kind.READ)).isEqualTo(CircuitState.OPEN);
      assertThat(store.circuit(Kind.READ).reason()).contains("did not come back as it was sent");
    }
  }

  @Test
  void aCanaryThatCouldNotBeRemovedIsRemovedLater() {
    try (var store = GuardedStore.of(GuardPolicy.DEFAULT)) {
      store.memory.faults().set(Operation.DELETE, Fault.unavailable());
      store.guarded.probeNow();
      store.guarded.prober().tick();
      assertThat(store.memory.objects().keys())
          .singleElement()
          .satisfies(key -> assertThat(key.text()).startsWith(Canary.PREFIX));
      assertThat(store.state(Kind.WRITE)).isEqualTo(CircuitState.OPEN);
      store.memory.faults().clear();
      store.tickAfter(INTERVAL);
      assertThat(store.memory.objects().keys()).isEmpty();
      assertThat(store.state(Kind.WRITE)).isEqualTo(CircuitState.CLOSED);
    }
  }

  @Test
  void aStoreThatWantsToBeLeftAloneGetsNoCanary() {
    try (var store = GuardedStore.of(HASTY)) {
      store.memory.faults().next(Operation.LIST, 1, Fault.throttled(Duration.ofMinutes(5)));
      assertThatThrownBy(() -> store.guarded.list("", Optional.empty(), 1, soon()))
          .isInstanceOf(BackendException.Throttled.class);
      store.guarded.probeNow();
      store.guarded.prober().tick();
      assertThat(store.memory.calls().count(Operation.BEGIN)).isZero();
      store.guarded.probeNow();
      store.tickAfter(Duration.ofMinutes(5));
      assertThat(store.memory.calls().count(Operation.BEGIN)).isEqualTo(1);
    }
  }

  @Test
  void aCircuitForcedOpenGetsNoCanary() {
    try (var store = GuardedStore.of(GuardPolicy.DEFAULT)) {
      store.guarded.forceOpen(Kind.READ, "maintenance");
      store.guarded.forceOpen(Kind.WRITE, "maintenance");
      for (int i = 0; i < 100; i++) {
        store.tickAfter(INTERVAL);
      }
      assertThat(store.memory.calls().count(Operation.BEGIN)).isZero();
      assertThat(store.state(Kind.READ)).isEqualTo(CircuitState.FORCED_OPEN);
    }
  }

  @Test
  void aSuspicionCostsOneCanaryAnInterval() {
    try (var store = GuardedStore.of(GuardPolicy.DEFAULT)) {
      for (int i = 0; i < 100; i++) {
        store.guarded.prober().suspect();
        store.tickAfter(INTERVAL.dividedBy(10));
      }
      assertThat(store.memory.calls().count(Operation.BEGIN)).isBetween(9L, 11L);
      assertThat(store.changes()).isEmpty();
    }
  }

  @Test
  void canariesEndWithTheRequestsOfTheMonth() {
    try (var store = GuardedStore.of(GuardedStore.requestsPerMonth(Canary.REQUESTS))) {
      for (int i = 0; i < 3; i++) {
        store.guarded.probeNow();
        store.tickAfter(INTERVAL);
      }
      assertThat(store.memory.calls().count(Operation.BEGIN)).isEqualTo(1);
    }
  }

  @Test
  void credentialsThatEndAreToldOfBefore() {
    var end = new AtomicReference<Optional<Instant>>(Optional.empty());
    try (var store =
        GuardedStore.of(
            GuardPolicy.DEFAULT,
            memory ->
                new DelegatingStore(memory) {
                  @Override
                  public Optional<Instant> credentialsEnd() {
                    return end.get();
                  }
                })) {
      store.guarded.prober().tick();
      end.set(Optional.of(FakeTime.START.plus(Duration.ofDays(20))));
      for (int hour = 0; hour < 22 * 24; hour++) {
        store.tickAfter(Duration.ofHours(1));
      }
      assertThat(store.daysLeft).containsExactly(14L, 7L, 1L, 0L);
      end.set(Optional.of(FakeTime.START.plus(Duration.ofDays(25))));
      store.tickAfter(Duration.ofHours(1));
      assertThat(store.daysLeft).endsWith(0L, 3L);
    }
  }

  @Test
  void theThreadSendsCanariesUntilTheStoreIsClosed() throws InterruptedException {
    var closed = new CountDownLatch(1);
    var thread = new AtomicReference<Thread>();
    try (var store = GuardedStore.of(GuardPolicy.DEFAULT)) {
      store.guarded.startProbing((name, work) -> {
        var started = Thread.ofVirtual().name(name).start(work);
        thread.set(started);
        return started;
      });
      store.onChange(() -> {
        if (store.state(Kind.READ) == CircuitState.CLOSED) {
          closed.countDown();
        }
      });
      store.memory.faults().next(Operation.STAT, 1, new Fault.Hang());
      assertThatThrownBy(() -> store.guarded.stat(KEY, brief()))
          .isInstanceOf(BackendException.Unavailable.class);
      assertThat(closed.await(60, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(joined(thread)).isTrue();
  }

  @Test
  void closingEndsTheThreadInTheMiddleOfACanary() throws InterruptedException {
    var thread = new AtomicReference<Thread>();
    try (var store = GuardedStore.of(GuardPolicy.DEFAULT)) {
      store.memory.faults().setAll(new Fault.Hang());
      store.guarded.probeNow();
      store.guarded.startProbing((name, work) -> {
        var started = Thread.ofVirtual().name(name).start(work);
        thread.set(started);
        return started;
      });
      assertThat(store.memory.calls().await(Operation.BEGIN, 1, Duration.ofSeconds(30))).isTrue();
    }
    assertThat(joined(thread)).isTrue();
  }

  private static boolean joined(AtomicReference<Thread> thread) throws InterruptedException {
    var started = thread.get();
    return started != null && started.join(Duration.ofSeconds(30));
  }
}
