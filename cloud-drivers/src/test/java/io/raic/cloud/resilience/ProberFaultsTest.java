package io.raic.cloud.resilience;

import static io.raic.cloud.contract.StoreUse.put;
import static io.raic.cloud.contract.StoreUse.soon;
import static io.raic.cloud.resilience.GuardedStore.KEY;
import static io.raic.cloud.resilience.GuardedStore.brief;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.cloud.BackendException;
import io.raic.cloud.CloudBackend;
import io.raic.cloud.Deadline;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Operation;
import io.raic.cloud.Precondition;
import io.raic.cloud.Upload;
import io.raic.cloud.memory.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What goes wrong while a provider is looked after. */
class ProberFaultsTest {
  private static void silence(GuardedStore store) {
    store.memory.faults().next(Operation.STAT, 1, new Fault.Hang());
    assertThatThrownBy(() -> store.guarded.stat(KEY, brief()))
        .isInstanceOf(BackendException.Unavailable.class);
  }

  @Test
  void whateverIsThrownTheThreadGoesOnAndSaysSoOnce() throws InterruptedException {
    var faults = new AtomicInteger();
    var failing = new CountDownLatch(2);
    var closed = new CountDownLatch(1);
    try (var store =
        GuardedStore.of(
            GuardPolicy.DEFAULT,
            memory ->
                new DelegatingStore(memory) {
                  @Override
                  public Optional<Instant> credentialsEnd() {
                    faults.incrementAndGet();
                    failing.countDown();
                    throw new OutOfMemoryError("a test");
                  }
                })) {
      store.onChange(() -> {
        if (store.heard.getLast().to() == CircuitState.CLOSED) {
          closed.countDown();
        }
      });
      store.guarded.startProbing((name, work) -> Thread.ofVirtual().name(name).start(work));
      silence(store);
      assertThat(closed.await(60, TimeUnit.SECONDS)).isTrue();
      store.time.pass(Duration.ofMinutes(2));
      store.guarded.probeNow();
      assertThat(failing.await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(store.troubles).containsExactly("looking after it failed: OutOfMemoryError");
    }
  }

  @Test
  void aCanaryThatCannotBeSentLeavesTheCircuitOpenForTheNextOne() {
    var broken = new AtomicInteger(1);
    try (var store = GuardedStore.of(GuardPolicy.DEFAULT, memory -> outOfMemory(memory, broken))) {
      silence(store);
      assertThatThrownBy(() -> store.guarded.prober().tick()).isInstanceOf(OutOfMemoryError.class);
      assertThat(store.state(Kind.READ)).isEqualTo(CircuitState.OPEN);
      store.tickAfter(CircuitPolicy.DEFAULT.probeInterval());
      assertThat(store.state(Kind.READ)).isEqualTo(CircuitState.CLOSED);
    }
  }

  private static CloudBackend outOfMemory(CloudBackend store, AtomicInteger times) {
    return new DelegatingStore(store) {
      @Override
      public Upload begin(
          ObjectKey key, long length, Precondition precondition, Deadline deadline) {
        if (times.getAndDecrement() > 0) {
          throw new OutOfMemoryError("a test");
        }
        return super.begin(key, length, precondition, deadline);
      }
    };
  }

  @Test
  void aStoreThatRefusesACanaryAnswers() {
    try (var store = GuardedStore.of(GuardPolicy.DEFAULT)) {
      store.memory.faults().next(Operation.COMMIT, 5, Fault.unavailable());
      for (int i = 0; i < 5; i++) {
        assertThatThrownBy(() -> put(store.guarded, KEY, new byte[1]))
            .isInstanceOf(BackendException.Unavailable.class);
      }
      assertThat(store.state(Kind.WRITE)).isEqualTo(CircuitState.OPEN);
      store.memory.faults().set(Operation.BEGIN, Fault.accessDenied());
      store.memory.faults().set(Operation.GET, Fault.accessDenied());
      store.guarded.prober().tick();
      assertThat(store.state(Kind.WRITE)).isEqualTo(CircuitState.CLOSED);
      assertThat(store.guarded.report().lastProbe().orElseThrow().failures()).isEmpty();
    }
  }

  @Test
  void aMonthWithoutRequestsSaysNothingAboutTheProvider() {
    try (var store = GuardedStore.of(GuardedStore.requestsPerMonth(Canary.REQUESTS))) {
      store.guarded.stat(KEY, soon());
      store.guarded.probeNow();
      store.guarded.prober().tick();
      // Nobody has to wait because of it.
      store.guarded.stat(KEY, soon());
      assertThat(store.time.sleeps()).isEmpty();
      assertThat(store.memory.calls().count(Operation.BEGIN)).isZero();
    }
  }
}
