package io.raic.cloud.contract;

import static io.raic.cloud.contract.StoreUse.bytes;
import static io.raic.cloud.contract.StoreUse.put;
import static io.raic.cloud.contract.StoreUse.read;
import static io.raic.cloud.contract.StoreUse.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.cloud.BackendException;
import io.raic.cloud.ByteRange;
import io.raic.cloud.CloudBackend;
import io.raic.cloud.Deadline;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Precondition;
import io.raic.cloud.wire.FaultProxy;
import io.raic.cloud.wire.WireFault;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What goes wrong between the driver and its server: nothing hangs beyond its deadline, and nothing
 * partial is ever taken as whole.
 */
public interface WireContract {
  /** How long a step may take where the wire stands still. */
  Duration SHORT = Duration.ofSeconds(1);

  /** What no call takes whose deadline is short, however busy the machine is. */
  Duration FOR_EVER = Duration.ofSeconds(20);

  /** What no test takes. */
  Duration TEST_LIMIT = Duration.ofMinutes(5);

  /** The calls that cannot be answered without the server. */
  Set<EndingContract.Call> ASKING =
      EnumSet.of(
          EndingContract.Call.GET,
          EndingContract.Call.GET_NOTHING,
          EndingContract.Call.STAT,
          EndingContract.Call.LIST,
          EndingContract.Call.DELETE,
          EndingContract.Call.PROBE);

  /** Long enough to be cut in the middle, and shorter than a part. */
  int SIZE = 300_000;

  /** Returns where the server listens. */
  InetSocketAddress server();

  /** The bytes of a part; an object with one more is sent in two. */
  int partBytes();

  /** Opens an empty store whose every request goes through the proxy at {@code address}. */
  CloudBackend through(InetSocketAddress address);

  /** What a test does. */
  @FunctionalInterface
  interface Use {
    void with(CloudBackend store, FaultProxy proxy);
  }

  /**
   * Runs a test with an object that is there, on a virtual thread, as the gateway uses a driver.
   */
  private void run(Use use) {
    try (var proxy = new FaultProxy(server());
        var store = through(proxy.address())) {
      inTime(() -> {
        store.probe(soon());
        put(store, EndingContract.THERE, bytes(1, SIZE));
        use.with(store, proxy);
        proxy.clear();
        assertThat(read(store, EndingContract.THERE).orElseThrow()).isEqualTo(bytes(1, SIZE));
      });
    }
  }

  /** Runs something on a virtual thread, and fails if that hangs. */
  static void inTime(Runnable work) {
    var task = new FutureTask<>(work, true);
    Thread.ofVirtual().start(task);
    try {
      task.get(TEST_LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError("a call hangs", e);
    }
  }

  @Test
  default void aSlowLineIsJustSlow() {
    run((store, proxy) -> {
      proxy.set(new WireFault.Latency(Duration.ofMillis(30)));
      var key = ObjectKey.of("new");
      put(store, key, bytes(2, SIZE));
      assertThat(read(store, key).orElseThrow()).isEqualTo(bytes(2, SIZE));
      assertThat(store.delete(key, soon())).isTrue();
    });
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 10, 400, 2_000, 100_000, 250_000})
  default void anAnswerThatIsResetIsNeverTakenAsWhole(long bytes) {
    run((store, proxy) -> {
      proxy.set(new WireFault.ResetAnswer(bytes));
      assertReadsRightOrFails(store);
    });
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 10, 400, 2_000, 100_000, 250_000})
  default void anAnswerThatEndsEarlyIsNeverTakenAsWhole(long bytes) {
    run((store, proxy) -> {
      proxy.set(new WireFault.Truncate(bytes));
      assertReadsRightOrFails(store);
    });
  }

  private static void assertReadsRightOrFails(CloudBackend store) {
    for (var range : List.of(ByteRange.ALL, new ByteRange(1000, 200_000))) {
      try {
        var got = store.get(EndingContract.THERE, range, Deadline.in(SHORT)).map(StoreUse::drain);
        int end = (int) Math.min(SIZE, range.end());
        assertThat(got.orElseThrow())
            .isEqualTo(Arrays.copyOfRange(bytes(1, SIZE), (int) range.start(), end));
      } catch (BackendException _) {
        // It says that it could not.
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 10, 400, 2_000, 100_000, 250_000})
  default void aRequestThatIsResetLeavesTheWholeObjectOrNone(long bytes) {
    run((store, proxy) -> {
      var key = ObjectKey.of("new");
      proxy.set(new WireFault.ResetRequest(bytes));
      boolean done = putInShort(store, key);
      proxy.clear();
      assertWholeOrNone(store, key, done);
    });
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 10, 100})
  default void aLostAnswerToAWriteLeavesTheWholeObjectOrNone(long bytes) {
    run((store, proxy) -> {
      var key = ObjectKey.of("new");
      proxy.set(new WireFault.ResetAnswer(bytes));
      boolean done = putInShort(store, key);
      proxy.clear();
      assertWholeOrNone(store, key, done);
    });
  }

  @Test
  default void aPartThatIsCutOffIsSentAgainAlone() {
    run((store, proxy) -> {
      var key = ObjectKey.of("new");
      byte[] bytes = bytes(3, 2 * partBytes() + 1);
      // In the middle of the second part; each connection after that has room for one.
      proxy.set(new WireFault.ResetRequest(partBytes() + partBytes() / 2));
      put(store, key, bytes);
      proxy.clear();
      assertThat(read(store, key).orElseThrow()).isEqualTo(bytes);
    });
  }

  @Test
  default void anObjectOfWhichNoPartArrivesIsNotThere() {
    run((store, proxy) -> {
      var key = ObjectKey.of("new");
      byte[] bytes = bytes(3, 2 * partBytes() + 1);
      proxy.set(new WireFault.ResetRequest(partBytes() / 3));
      assertThatThrownBy(() -> put(store, key, bytes)).isInstanceOf(BackendException.class);
      proxy.clear();
      assertThat(store.stat(key, soon())).isEmpty();
    });
  }

  private static boolean putInShort(CloudBackend store, ObjectKey key) {
    try (var upload = store.begin(key, SIZE, Precondition.none(), Deadline.in(SHORT))) {
      upload.write(bytes(2, SIZE), 0, SIZE);
      upload.commit();
      return true;
    } catch (BackendException _) {
      return false;
    }
  }

  private static void assertWholeOrNone(CloudBackend store, ObjectKey key, boolean mustBeThere) {
    var there = read(store, key);
    there.ifPresent(bytes -> assertThat(bytes).isEqualTo(bytes(2, SIZE)));
    if (mustBeThere) {
      assertThat(there).isPresent();
    }
  }

  @ParameterizedTest
  @EnumSource(EndingContract.Call.class)
  default void aServerThatNeverAnswersCostsACallItsDeadline(EndingContract.Call call) {
    run((store, proxy) -> {
      proxy.set(new WireFault.Stall(0));
      long start = System.nanoTime();
      boolean isAnswered = true;
      try {
        call.make(store, Deadline.in(SHORT));
      } catch (BackendException.Unavailable _) {
        isAnswered = false;
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(FOR_EVER);
      // Above all, what cannot be asked for is not absent.
      assertThat(isAnswered && ASKING.contains(call)).isFalse();
    });
  }

  @Test
  default void aBodyThatStallsEndsTheRead() {
    run((store, proxy) -> {
      proxy.set(new WireFault.Stall(50_000));
      assertThatThrownBy(() ->
              store
                  .get(EndingContract.THERE, ByteRange.ALL, Deadline.in(SHORT))
                  .map(StoreUse::drain))
          .isInstanceOf(BackendException.class);
    });
  }

  @Test
  default void aWriteThatIsNeverAnsweredEnds() {
    run((store, proxy) -> {
      var key = ObjectKey.of("new");
      proxy.set(new WireFault.Stall(0));
      assertThat(putInShort(store, key)).isFalse();
      proxy.clear();
      assertWholeOrNone(store, key, false);
    });
  }

  @Test
  default void aTrickleEndsAtTheDeadline() {
    run((store, proxy) -> {
      proxy.set(new WireFault.Trickle(0, Duration.ofMillis(50)));
      long start = System.nanoTime();
      try {
        store.stat(EndingContract.THERE, Deadline.in(SHORT));
      } catch (BackendException.Unavailable _) {
        // A short answer may come in time.
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(FOR_EVER);
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"garbage\r\n\r\n", "HTTP/1.1 banana\r\n\r\n", "\r\n\r\n\r\n", "\0\0\0"})
  default void anAnswerThatIsNoHttpIsAFailureOfTheStore(String text) {
    run((store, proxy) -> {
      proxy.set(new WireFault.Answer(text, Integer.MAX_VALUE));
      var failures = new ArrayList<EndingContract.Call>();
      for (var call : EndingContract.Call.values()) {
        try {
          call.make(store, Deadline.in(SHORT));
        } catch (BackendException.Unavailable _) {
          failures.add(call);
        }
      }
      assertThat(failures).containsAll(ASKING);
    });
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 429})
  default void aShortBurstOfErrorsIsRidOut(int status) {
    run((store, proxy) -> {
      var key = ObjectKey.of("new");
      for (int burst = 1; burst <= 2; burst++) {
        proxy.set(WireFault.Answer.status(status, "0", burst));
        put(store, key, bytes(burst, SIZE));
        proxy.set(WireFault.Answer.status(status, "0", burst));
        assertThat(read(store, key).orElseThrow()).isEqualTo(bytes(burst, SIZE));
        proxy.set(WireFault.Answer.status(status, "0", burst));
        assertThat(store.stat(key, soon())).isPresent();
      }
    });
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 503, 429})
  default void anErrorThatStaysIsReportedInTime(int status) {
    run((store, proxy) -> {
      proxy.set(WireFault.Answer.status(status, "1", Integer.MAX_VALUE));
      assertThatThrownBy(() -> store.stat(EndingContract.THERE, Deadline.in(SHORT)))
          .isInstanceOfSatisfying(
              BackendException.class, e -> assertThat(e.canRetryHelp()).isTrue());
      assertThat(putInShort(store, ObjectKey.of("new"))).isFalse();
    });
  }

  @Test
  default void aStoreThatIsThrottledTellsForHowLong() {
    run((store, proxy) -> {
      proxy.set(WireFault.Answer.status(429, "77", Integer.MAX_VALUE));
      assertThatThrownBy(() -> store.stat(EndingContract.THERE, soon()))
          .isInstanceOfSatisfying(
              BackendException.Throttled.class,
              e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(77)));
    });
  }
}
