package io.raic.cloud.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.cloud.BackendException;
import io.raic.cloud.ByteRange;
import io.raic.cloud.Download;
import io.raic.cloud.ObjectInfo;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Operation;
import io.raic.cloud.Precondition;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each fault does to a call, seen by the caller. */
class MemoryFaultsTest extends OneFaultyObject {
  private static final Duration SHORT = Duration.ofMillis(20);

  @ParameterizedTest
  @EnumSource(Operation.class)
  void everyKindOfCallFailsAsItIsTold(Operation operation) {
    write("old");
    store.faults().set(operation, Fault.throttled(Duration.ofSeconds(7)));

    assertThatThrownBy(() -> call(operation, LONG))
        .isInstanceOfSatisfying(
            BackendException.Throttled.class,
            e -> {
              assertThat(e.backend()).isEqualTo("cellar");
              assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(7));
            });

    store.faults().clear(operation);
    call(operation, LONG);
  }

  @ParameterizedTest
  @EnumSource(Operation.class)
  void everyKindOfCallThatHangsEndsAtItsDeadline(Operation operation) {
    write("old");
    store.faults().set(operation, new Fault.Hang());

    assertThatThrownBy(() -> call(operation, SHORT))
        .isInstanceOf(BackendException.Unavailable.class)
        .hasMessageContaining("deadline");
  }

  @ParameterizedTest
  @EnumSource(Operation.class)
  void everyKindOfCallThatHangsEndsWhenItsThreadIsInterrupted(Operation operation)
      throws InterruptedException {
    write("old");
    store.calls().reset();
    store.faults().set(operation, new Fault.Hang());
    var seen = new AtomicReference<String>();
    var caller =
        Thread.ofVirtual()
            .start(() -> {
              try {
                call(operation, LONG);
              } catch (BackendException.Unavailable e) {
                seen.set(e.getMessage() + " " + Thread.currentThread().isInterrupted());
              }
            });
    assertThat(store.calls().await(operation, 1, LONG)).isTrue();
    caller.interrupt();
    caller.join();

    assertThat(seen.get()).contains("interrupted").endsWith("true");
  }

  @Test
  void closingLetsGoOfCallsThatHang() throws InterruptedException {
    store.faults().set(Operation.STAT, new Fault.Hang());
    var seen = new AtomicReference<String>();
    var caller = Thread.ofVirtual().start(() -> seen.set(failure(() -> store.stat(KEY, in(LONG)))));
    assertThat(store.calls().await(Operation.STAT, 1, LONG)).isTrue();
    store.close();
    caller.join();

    assertThat(seen.get()).contains("closed");
  }

  @Test
  void aHeldCallGoesOnWhenItsGateOpens() throws InterruptedException {
    write("old");
    var gate = new CountDownLatch(1);
    store.faults().next(Operation.STAT, 1, new Fault.Hold(gate));
    var seen = new AtomicReference<Optional<ObjectInfo>>(Optional.empty());
    var caller = Thread.ofVirtual().start(() -> seen.set(store.stat(KEY, in(LONG))));
    assertThat(store.calls().await(Operation.STAT, 1, LONG)).isTrue();
    assertThat(seen.get()).isEmpty();
    gate.countDown();
    caller.join();

    assertThat(seen.get()).isPresent();
  }

  @Test
  void aDelayedCallWorksAndOneDelayedBeyondItsDeadlineFails() {
    write("old");
    store.faults().set(Operation.STAT, new Fault.Delay(SHORT));
    long start = System.nanoTime();
    assertThat(store.stat(KEY, in(LONG))).isPresent();
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(SHORT.toNanos());

    store.faults().set(Operation.STAT, new Fault.Delay(LONG));
    assertThat(failure(() -> store.stat(KEY, in(SHORT)))).contains("deadline");
  }

  @Test
  void onlyTheNextCallsFailThenTheStandingFaultHoldsAgain() {
    store.faults().set(Operation.PROBE, Fault.outOfSpace());
    store.faults().next(Operation.PROBE, 2, Fault.unavailable());
    store.faults().next(Operation.PROBE, 1);

    assertThat(failure(() -> store.probe(in(LONG)))).contains("made to fail");
    assertThat(failure(() -> store.probe(in(LONG)))).contains("made to fail");
    store.probe(in(LONG));
    assertThat(failure(() -> store.probe(in(LONG)))).contains("made to be full");
    assertThat(store.calls().count(Operation.PROBE)).isEqualTo(4);
  }

  @Test
  void aStaleAnswerIsTheOneFromBeforeTheLastChange() {
    store.faults().set(Operation.STAT, new Fault.Stale());
    store.faults().set(Operation.GET, new Fault.Stale());
    store.faults().set(Operation.LIST, new Fault.Stale());
    write("new");
    assertThat(store.stat(KEY, in(LONG))).isEmpty();
    assertThat(store.get(KEY, ByteRange.ALL, in(LONG))).isEmpty();
    assertThat(store.list("", Optional.empty(), 9, in(LONG)).objects()).isEmpty();

    write("newer");
    assertThat(read()).isEqualTo("new");

    store.delete(KEY, in(LONG));
    assertThat(read()).isEqualTo("newer");
    assertThat(store.list("", Optional.empty(), 9, in(LONG)).objects()).hasSize(1);
  }

  @Test
  void aLostAckDoesTheWorkAndTellsNobody() {
    store.faults().next(Operation.COMMIT, 1, new Fault.LostAck());
    assertThat(failure(() -> write("x"))).contains("lost");
    assertThat(read()).isEqualTo("x");

    store.faults().next(Operation.DELETE, 1, new Fault.LostAck());
    assertThat(failure(() -> store.delete(KEY, in(LONG)))).contains("lost");
    assertThat(store.objects().keys()).isEmpty();
  }

  @Test
  void aFullStoreTakesNoMore() {
    try (var small = new MemoryBackend("small", 10)) {
      small.objects().put(KEY, new byte[6]);
      assertThat(small.capacity(in(LONG)).orElseThrow().freeBytes()).isEqualTo(4);
      try (var upload = small.begin(ObjectKey.of("other"), 5, Precondition.none(), in(LONG))) {
        upload.write(new byte[5], 0, 5);
        assertThatThrownBy(upload::commit).isInstanceOf(BackendException.OutOfSpace.class);
      }
      assertThat(small.objects().keys()).containsExactly(KEY);
    }
  }

  @Test
  void aFaultThatCannotHappenToACallIsRefused() {
    assertThatThrownBy(() -> store.faults().set(Operation.COMMIT, new Fault.Stale()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store.faults().next(Operation.STAT, 1, Fault.truncated(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aFaultThatCannotHappenToEveryCallIsSetForNone() {
    assertThatThrownBy(() -> store.faults().setAll(Fault.garbled()))
        .isInstanceOf(IllegalArgumentException.class);
    write("AB");
    assertThat(read()).isEqualTo("AB");

    store.faults().setAll(Fault.unavailable());
    for (var operation : Operation.values()) {
      assertThat(failure(() -> call(operation, LONG))).contains("made to fail");
    }
  }

  /** Makes one call of a kind; those before it in a stream have a long deadline of their own. */
  private void call(Operation operation, Duration step) {
    switch (operation) {
      case BEGIN -> store.begin(KEY, 1, Precondition.none(), in(step)).close();
      case WRITE, COMMIT -> {
        try (var upload = store.begin(KEY, 1, Precondition.none(), in(step))) {
          upload.write(new byte[1], 0, 1);
          upload.commit();
        }
      }
      case GET -> store.get(KEY, ByteRange.ALL, in(step)).ifPresent(Download::close);
      case READ -> {
        try (var download = store.get(KEY, ByteRange.ALL, in(step)).orElseThrow()) {
          var _ = download.read(new byte[1], 0, 1);
        }
      }
      case STAT -> store.stat(KEY, in(step));
      case LIST -> store.list("", Optional.empty(), 1, in(step));
      case DELETE -> store.delete(KEY, in(step));
      case PROBE -> store.probe(in(step));
      case CAPACITY -> store.capacity(in(step));
    }
  }
}
