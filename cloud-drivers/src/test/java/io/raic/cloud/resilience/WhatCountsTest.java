package io.raic.cloud.resilience;

import static io.raic.cloud.contract.StoreUse.bytes;
import static io.raic.cloud.contract.StoreUse.put;
import static io.raic.cloud.contract.StoreUse.read;
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
import io.raic.cloud.memory.Fault;
import java.time.Duration;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WhatCountsTest {
  private static final int MANY = 20;

  private final GuardedStore store = GuardedStore.of(GuardPolicy.DEFAULT);

  @AfterEach
  void close() {
    store.close();
  }

  private static void fails(
      int times, Class<? extends BackendException> kind, ThrowingCallable call) {
    for (int i = 0; i < times; i++) {
      assertThatThrownBy(call).isInstanceOf(kind);
    }
  }

  private void stat() {
    store.guarded.stat(KEY, soon());
  }

  @Test
  void aStoreThatIsDownIsAskedFiveTimes() {
    store.memory.faults().set(Operation.STAT, Fault.unavailable());
    fails(MANY, BackendException.Unavailable.class, this::stat);
    assertThat(store.memory.calls().count(Operation.STAT)).isEqualTo(5);
    assertThat(store.count(Operation.STAT, Outcome.UNAVAILABLE)).isEqualTo(5);
    assertThat(store.count(Operation.STAT, Outcome.REFUSED)).isEqualTo(MANY - 5);
    assertThat(store.state(Kind.READ)).isEqualTo(CircuitState.OPEN);
    assertThat(store.state(Kind.WRITE)).isEqualTo(CircuitState.CLOSED);
  }

  @Test
  void bodiesThatEndEarlyOpenThoughOpeningWorks() {
    put(store.guarded, KEY, bytes(1, 100));
    store.memory.faults().set(Operation.GET, Fault.truncated(10));
    fails(5, BackendException.Corrupt.class, () -> read(store.guarded, KEY));
    assertThat(store.state(Kind.READ)).isEqualTo(CircuitState.OPEN);
  }

  @Test
  void uploadsThatFailInTheirMiddleOpenThoughBeginningWorks() {
    store.memory.faults().set(Operation.WRITE, Fault.unavailable());
    fails(5, BackendException.Unavailable.class, () -> put(store.guarded, KEY, bytes(1, 9)));
    assertThat(store.state(Kind.WRITE)).isEqualTo(CircuitState.OPEN);
  }

  @Test
  void anAnswerThatIsNotLikedIsAnAnswer() {
    put(store.guarded, KEY, bytes(1, 9));
    fails(
        MANY,
        BackendException.PreconditionFailed.class,
        () -> put(store.guarded, KEY, bytes(1, 9), Precondition.absent()));
    store.memory.faults().set(Operation.STAT, Fault.accessDenied());
    fails(MANY, BackendException.AccessDenied.class, this::stat);
    store.memory.faults().set(Operation.BEGIN, Fault.outOfSpace());
    fails(MANY, BackendException.OutOfSpace.class, () -> put(store.guarded, KEY, bytes(1, 9)));
    assertThat(store.changes()).isEmpty();
    assertThat(store.count(Operation.STAT, Outcome.ACCESS_DENIED)).isEqualTo(MANY);
    assertThat(store.count(Operation.BEGIN, Outcome.OUT_OF_SPACE)).isEqualTo(MANY);
  }

  @Test
  void aCallersMistakeDoesNotCount() {
    for (int i = 0; i < MANY; i++) {
      assertThatThrownBy(() -> store.guarded.list("", Optional.empty(), 0, soon()))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(store.changes()).isEmpty();
    assertThat(store.count(Operation.LIST, Outcome.FAULT)).isEqualTo(MANY);
  }

  @Test
  void oneCallThatIsNeverAnsweredOpens() {
    store.memory.faults().set(Operation.LIST, new Fault.Hang());
    fails(
        1,
        BackendException.Unavailable.class,
        () -> store.guarded.list("", Optional.empty(), 9, brief()));
    assertThat(store.count(Operation.LIST, Outcome.SILENT)).isEqualTo(1);
    assertThat(store.state(Kind.READ)).isEqualTo(CircuitState.OPEN);
    fails(MANY, BackendException.Unavailable.class, this::stat);
    assertThat(store.memory.calls().count(Operation.STAT)).isZero();
  }

  @Test
  void oneDownloadThatStandsStillOpens() {
    put(store.guarded, KEY, bytes(1, 100));
    store.memory.faults().set(Operation.GET, new Fault.After(10, new Fault.Hang()));
    try (var download = store.guarded.get(KEY, ByteRange.ALL, brief()).orElseThrow()) {
      assertThat(download.read(new byte[100], 0, 100)).isEqualTo(10);
      fails(1, BackendException.Unavailable.class, () -> download.read(new byte[9], 0, 9));
    }
    assertThat(store.state(Kind.READ)).isEqualTo(CircuitState.OPEN);
  }

  @Test
  void aCallThatGotTooLittleTimeSaysNothing() {
    store.memory.faults().set(Operation.STAT, new Fault.Hang());
    var little = new Deadline(Duration.ofSeconds(60), System.nanoTime() + 20_000_000);
    fails(1, BackendException.Unavailable.class, () -> store.guarded.stat(KEY, little));
    assertThat(store.count(Operation.STAT, Outcome.ABANDONED)).isEqualTo(1);
    assertThat(store.changes()).isEmpty();
  }

  @Test
  void aCallThatItsCallerInterruptsSaysNothing() throws InterruptedException {
    store.memory.faults().set(Operation.STAT, new Fault.Hang());
    for (int i = 1; i <= MANY; i++) {
      var caller =
          Thread.ofVirtual().start(() -> fails(1, BackendException.Unavailable.class, this::stat));
      assertThat(store.memory.calls().await(Operation.STAT, i, Duration.ofSeconds(30))).isTrue();
      caller.interrupt();
      caller.join();
    }
    assertThat(store.count(Operation.STAT, Outcome.ABANDONED)).isEqualTo(MANY);
    assertThat(store.changes()).isEmpty();
    assertThat(store.circuit(Kind.READ).connectionsInUse()).isZero();
  }

  @Test
  void aDownloadThatItsCallerClosesSaysNothing() throws InterruptedException {
    put(store.guarded, KEY, bytes(1, 100));
    store.memory.faults().set(Operation.READ, new Fault.Hang());
    for (int i = 1; i <= MANY; i++) {
      var download = store.guarded.get(KEY, ByteRange.ALL, soon()).orElseThrow();
      var reader =
          Thread.ofVirtual()
              .start(() ->
                  fails(
                      1,
                      BackendException.Unavailable.class,
                      () -> download.read(new byte[9], 0, 9)));
      assertThat(store.memory.calls().await(Operation.READ, i, Duration.ofSeconds(30))).isTrue();
      download.close();
      reader.join();
    }
    assertThat(store.changes()).isEmpty();
    assertThat(store.circuit(Kind.READ).connectionsInUse()).isZero();
  }

  @Test
  void whoeverGivesUpOnACallThatStoodStillLongOpensIt() throws InterruptedException {
    try (var hasty =
        GuardedStore.of(
            new GuardPolicy(ProviderLimits.NONE, GuardedStore.slowAfter(Duration.ofMillis(50))))) {
      hasty.memory.faults().set(Operation.STAT, new Fault.Hang());
      var caller =
          Thread.ofVirtual()
              .start(() ->
                  fails(
                      1,
                      BackendException.Unavailable.class,
                      () -> hasty.guarded.stat(KEY, soon())));
      assertThat(hasty.memory.calls().await(Operation.STAT, 1, Duration.ofSeconds(30))).isTrue();
      // Longer than slow: this is what is tested.
      assertThat(caller.join(Duration.ofMillis(200))).isFalse();
      caller.interrupt();
      caller.join();
      assertThat(hasty.state(Kind.READ)).isEqualTo(CircuitState.OPEN);
    }
  }

  @Test
  void aProbeIsAboutBothKinds() {
    store.memory.faults().set(Operation.PROBE, new Fault.Hang());
    fails(1, BackendException.Unavailable.class, () -> store.guarded.probe(brief()));
    assertThat(store.state(Kind.READ)).isEqualTo(CircuitState.OPEN);
    assertThat(store.state(Kind.WRITE)).isEqualTo(CircuitState.OPEN);
    fails(1, BackendException.Unavailable.class, () -> store.guarded.probe(soon()));
    assertThat(store.memory.calls().count(Operation.PROBE)).isEqualTo(1);
  }

  @Test
  void aThrottlingStoreIsLeftAloneAsLongAsItWants() {
    var retryAfter = Duration.ofSeconds(7);
    store.memory.faults().next(Operation.STAT, 1, Fault.throttled(retryAfter));
    fails(1, BackendException.Throttled.class, this::stat);
    stat();
    assertThat(store.time.sleeps())
        .singleElement()
        .satisfies(slept -> assertThat(slept).isBetween(retryAfter, Duration.ofSeconds(9)));
    stat();
    assertThat(store.time.sleeps()).hasSize(1);
    assertThat(store.changes()).isEmpty();
  }

  @Test
  void aCallThatCannotWaitSoLongFailsAtOnceAndSaysHowLong() {
    store.memory.faults().next(Operation.STAT, 1, Fault.throttled(Duration.ofMinutes(10)));
    fails(1, BackendException.Throttled.class, this::stat);
    assertThatThrownBy(this::stat)
        .isInstanceOfSatisfying(
            BackendException.Throttled.class,
            e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofMinutes(10)));
    assertThat(store.memory.calls().count(Operation.STAT)).isEqualTo(1);
    // Writing is paced by its own answers.
    put(store.guarded, KEY, bytes(1, 5));
  }

  @Test
  void aStoreThatThrottlesWithoutATimeIsLeftAloneLongerEachTime() {
    store.memory.faults().next(Operation.STAT, 3, Fault.throttled(Duration.ZERO));
    for (int i = 0; i < 3; i++) {
      fails(1, BackendException.Throttled.class, this::stat);
    }
    stat();
    assertThat(store.time.sleeps()).hasSize(3);
    for (int i = 0; i < 3; i++) {
      var least = Duration.ofSeconds(1L << i);
      assertThat(store.time.sleeps().get(i)).isBetween(least, least.multipliedBy(5).dividedBy(4));
    }
  }
}
