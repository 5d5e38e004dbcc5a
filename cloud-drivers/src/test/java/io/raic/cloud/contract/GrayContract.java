package io.raic.cloud.contract;

import static io.raic.cloud.contract.StoreUse.bytes;
import static io.raic.cloud.contract.StoreUse.put;
import static io.raic.cloud.contract.StoreUse.read;
import static io.raic.cloud.contract.StoreUse.soon;
import static io.raic.cloud.contract.WireContract.FOR_EVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.cloud.BackendException;
import io.raic.cloud.ByteRange;
import io.raic.cloud.CloudBackend;
import io.raic.cloud.Deadline;
import io.raic.cloud.Download;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Precondition;
import io.raic.cloud.wire.FaultProxy;
import io.raic.cloud.wire.WireFault;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Failures of which nobody is told: a server that takes connections and never answers, that is gone
 * without a word, that gives a byte a second. Every call ends all the same, its caller can be
 * interrupted at once, no connection and no thread stays behind, and the store works again when the
 * fault is over.
 */
public interface GrayContract {
  /** How long a step may take that will fail; those that shall not have longer. */
  Duration STEP = Duration.ofMillis(500);

  /** Shorter than a part. */
  int SIZE = 300_000;

  /** Of an answer of {@link #SIZE} bytes that still arrive. */
  int HALF = 150_000;

  /** How many connections are open when all of them die. */
  int CONNECTIONS = 8;

  /** Returns where the server listens. */
  InetSocketAddress server();

  /** The bytes of a part; an object with one more is sent in two. */
  int partBytes();

  /** Opens an empty store whose every request goes through the proxy at {@code address}. */
  CloudBackend through(InetSocketAddress address);

  /**
   * How many calls may fail because of connections that died while nobody used them: one for all of
   * them, if the driver can let go of the others then.
   */
  default int callsLostToDeadConnections() {
    return 1;
  }

  /** How many connections that work may stay open for a while after the store was closed. */
  default int connectionsAfterClose() {
    return 0;
  }

  /** What stands still when a caller is interrupted. */
  enum Work {
    STAT,
    GET,
    READ,
    LIST,
    PUT,
    PUT_IN_PARTS;

    WireFault fault() {
      return switch (this) {
        case READ -> new WireFault.VanishInAnswer(HALF);
        case PUT_IN_PARTS -> new WireFault.VanishInRequest(HALF);
        default -> new WireFault.VanishInRequest(0);
      };
    }

    void make(CloudBackend store, int partBytes, Deadline deadline) {
      switch (this) {
        case STAT -> store.stat(EndingContract.THERE, deadline);
        case GET -> EndingContract.Call.GET.make(store, deadline);
        case READ ->
            store.get(EndingContract.THERE, ByteRange.ALL, deadline).ifPresent(StoreUse::drain);
        case LIST -> store.list("", Optional.empty(), 10, deadline);
        case PUT -> putNew(store, SIZE, deadline);
        case PUT_IN_PARTS -> putNew(store, 2 * partBytes + 1, deadline);
      }
    }
  }

  private static void putNew(CloudBackend store, int size, Deadline deadline) {
    try (var upload = store.begin(ObjectKey.of("new"), size, Precondition.none(), deadline)) {
      upload.write(bytes(2, size), 0, size);
      upload.commit();
    }
  }

  /** What a test does. */
  @FunctionalInterface
  interface Use {
    void with(CloudBackend store, FaultProxy proxy) throws InterruptedException;
  }

  /** Runs a test with an object that is there; after it nothing may be left. */
  private void run(Use use) {
    try (var proxy = new FaultProxy(server())) {
      WireContract.inTime(() -> {
        try (var store = through(proxy.address())) {
          store.probe(soon());
          put(store, EndingContract.THERE, bytes(1, SIZE));
          use.with(store, proxy);
          proxy.clear();
          assertWorksAgain(store, 1);
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
        assertNothingIsLeft(proxy);
      });
    }
  }

  /** Fails if the store does not work after at most so many calls that fail. */
  private static void assertWorksAgain(CloudBackend store, int calls) {
    for (int failed = 0; failed < calls; failed++) {
      try {
        store.stat(EndingContract.THERE, Deadline.in(STEP));
      } catch (BackendException _) {
        // One of those.
      }
    }
    assertThat(read(store, EndingContract.THERE).orElseThrow()).isEqualTo(bytes(1, SIZE));
  }

  /** Fails if a connection or a thread is left behind. */
  default void assertNothingIsLeft(FaultProxy proxy) {
    try {
      assertThat(proxy.awaitOpen(connectionsAfterClose(), FOR_EVER))
          .as("connections that are open")
          .isLessThanOrEqualTo(connectionsAfterClose());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    assertThat(Stuck.await(FOR_EVER)).as("threads that have not ended").isEmpty();
  }

  private static void assertEndsSoon(Runnable call) {
    long start = System.nanoTime();
    call.run();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(FOR_EVER);
  }

  @Test
  default void aServerThatIsGoneWithoutAWordCostsACallItsDeadline() {
    run((store, proxy) -> {
      proxy.set(new WireFault.VanishInRequest(0));
      assertNoneIsAnswered(store);
    });
  }

  @Test
  default void aByteASecondIsNoAnswer() {
    run((store, proxy) -> {
      proxy.set(new WireFault.Trickle(0, Duration.ofSeconds(1)));
      assertNoneIsAnswered(store);
    });
  }

  /** Makes all calls at once. */
  private static void assertNoneIsAnswered(CloudBackend store) throws InterruptedException {
    var unanswered = ConcurrentHashMap.<EndingContract.Call>newKeySet();
    var callers = new ArrayList<Thread>();
    for (var call : EndingContract.Call.values()) {
      callers.add(
          Thread.ofVirtual()
              .start(() -> {
                try {
                  call.make(store, Deadline.in(STEP));
                } catch (BackendException.Unavailable _) {
                  unanswered.add(call);
                }
              }));
    }
    for (var caller : callers) {
      assertThat(caller.join(FOR_EVER)).as("it ends").isTrue();
    }
    assertThat(unanswered).containsAll(WireContract.ASKING);
  }

  @ParameterizedTest
  @EnumSource(Work.class)
  default void whatIsGoneInTheMiddleEndsTheWork(Work work) {
    run((store, proxy) -> {
      proxy.set(work.fault());
      assertEndsSoon(() ->
          assertThatThrownBy(() -> work.make(store, partBytes(), Deadline.in(STEP)))
              .isInstanceOf(BackendException.Unavailable.class));
      proxy.clear();
      read(store, ObjectKey.of("new"))
          .ifPresent(all -> assertThat(all).isEqualTo(bytes(2, all.length)));
    });
  }

  @ParameterizedTest
  @EnumSource(Work.class)
  default void whoeverWaitsForWhatIsGoneCanBeInterruptedAtOnce(Work work) {
    run((store, proxy) -> {
      proxy.set(work.fault());
      assertEndsAtInterrupt(proxy, () -> work.make(store, partBytes(), soon()));
    });
  }

  /**
   * Interrupts a call once the fault has stopped it. The call's own deadline is much later than
   * {@link WireContract#FOR_EVER}.
   */
  static void assertEndsAtInterrupt(FaultProxy proxy, Runnable call) throws InterruptedException {
    var failure = new AtomicReference<Optional<RuntimeException>>(Optional.empty());
    var caller =
        Thread.ofVirtual()
            .start(() -> {
              try {
                call.run();
              } catch (RuntimeException e) {
                failure.set(Optional.of(e));
              }
            });
    assertThat(proxy.awaitStruck(FOR_EVER)).as("it has come to the fault").isTrue();
    caller.interrupt();
    assertThat(caller.join(FOR_EVER)).as("it ends when it is interrupted").isTrue();
    assertThat(failure.get().orElseThrow()).isInstanceOf(BackendException.Unavailable.class);
  }

  @Test
  default void aDownloadOfAByteASecondGivesWhatThereIsAndEndsAtAnInterrupt() {
    run((store, proxy) -> {
      proxy.set(new WireFault.Trickle(HALF, Duration.ofSeconds(1)));
      try (var download = store.get(EndingContract.THERE, ByteRange.ALL, soon()).orElseThrow()) {
        assertEndsAtInterrupt(proxy, () -> StoreUse.drain(download));
      }
    });
  }

  @Test
  default void connectionsThatDiedUnusedCostNoMoreThanACall() {
    run((store, proxy) -> {
      openSeveral(store);
      proxy.vanish();
      assertWorksAgain(store, callsLostToDeadConnections());
      put(store, ObjectKey.of("new"), bytes(2, SIZE));
    });
  }

  /** Leaves several connections that can be used again. */
  private static void openSeveral(CloudBackend store) {
    var downloads = new ArrayList<Download>();
    for (int i = 0; i < CONNECTIONS; i++) {
      downloads.add(store.get(EndingContract.THERE, ByteRange.ALL, soon()).orElseThrow());
    }
    downloads.forEach(StoreUse::drain);
  }

  @Test
  default void callsThatWereCutLeaveNoConnections() {
    run((store, proxy) -> {
      int before = proxy.open();
      proxy.set(new WireFault.VanishInRequest(0));
      for (int i = 0; i < 4; i++) {
        assertThatThrownBy(() -> store.stat(EndingContract.THERE, Deadline.in(STEP)))
            .isInstanceOf(BackendException.Unavailable.class);
      }
      assertThat(proxy.awaitOpen(before, FOR_EVER)).isLessThanOrEqualTo(before);
    });
  }
}
