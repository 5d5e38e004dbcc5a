package io.raic.cloud.resilience;

import static io.raic.cloud.resilience.GuardedStore.KEY;
import static io.raic.cloud.resilience.GuardedStore.brief;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.cloud.BackendException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Drivers that do not end by themselves. */
class BoundTest {
  @Test
  void whatFailsWhileItTellsThatACallIsLateDoesNotKeepItAlive() {
    var watch =
        Bound.watch(
            brief(),
            () -> 0,
            () -> {
              throw new IllegalStateException("a test");
            });
    assertThatThrownBy(() -> new CountDownLatch(1).await(60, TimeUnit.SECONDS))
        .isInstanceOf(InterruptedException.class);
    Bound.end(watch);
  }

  @Test
  void aCallWithoutAnEndIsEndedAWhileAfterItsDeadline() {
    try (var store =
        GuardedStore.of(GuardPolicy.DEFAULT, memory -> new StubbornStore(memory, false))) {
      assertThatThrownBy(() -> store.guarded.stat(KEY, brief()))
          .isInstanceOf(BackendException.Unavailable.class);
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
      assertThat(store.state(Kind.READ)).isEqualTo(CircuitState.OPEN);
      assertThat(store.circuit(Kind.READ).connectionsInUse()).isZero();
    }
  }

  @Test
  void aCallThatNothingEndsOpensTheCircuitAllTheSame() throws InterruptedException {
    var stubborn = new AtomicReference<StubbornStore>();
    var opened = new CountDownLatch(1);
    try (var store =
        GuardedStore.of(
            GuardPolicy.DEFAULT,
            memory -> {
              var driver = new StubbornStore(memory, true);
              stubborn.set(driver);
              return driver;
            })) {
      store.onChange(opened::countDown);
      // One that hears, and sends no canaries.
      store.guarded.startProbing((_, _) ->
          Thread.ofVirtual()
              .start(() -> {
                while (!Thread.currentThread().isInterrupted()) {
                  LockSupport.park();
                  store.guarded.prober().tellChanges();
                }
              }));
      var caller =
          Thread.ofVirtual()
              .start(() ->
                  assertThatThrownBy(() -> store.guarded.stat(KEY, brief()))
                      .hasMessageContaining("the deadline is over"));
      assertThat(opened.await(60, TimeUnit.SECONDS)).isTrue();
      assertThatThrownBy(() -> store.guarded.stat(KEY, brief()))
          .hasMessageContaining("the circuit for reading is open");
      // It still is a connection.
      assertThat(store.circuit(Kind.READ).connectionsInUse()).isEqualTo(1);
      requireNonNull(stubborn.get()).letGo.countDown();
      caller.join();
      assertThat(store.circuit(Kind.READ).connectionsInUse()).isZero();
    }
  }
}
