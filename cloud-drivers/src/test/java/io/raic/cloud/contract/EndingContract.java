package io.raic.cloud.contract;

import static io.raic.cloud.contract.StoreUse.bytes;
import static io.raic.cloud.contract.StoreUse.keys;
import static io.raic.cloud.contract.StoreUse.put;
import static io.raic.cloud.contract.StoreUse.read;
import static io.raic.cloud.contract.StoreUse.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.cloud.BackendException;
import io.raic.cloud.ByteRange;
import io.raic.cloud.CloudBackend;
import io.raic.cloud.Deadline;
import io.raic.cloud.Download;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Precondition;
import io.raic.cloud.Upload;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls end: at their deadline, when their thread is interrupted, when the store is closed. */
public interface EndingContract extends EmptyBackend {
  /** An object that is there. */
  ObjectKey THERE = ObjectKey.of("there");

  /** The kinds of calls, each made with a deadline. */
  enum Call {
    BEGIN,
    GET,
    GET_NOTHING,
    STAT,
    LIST,
    DELETE,
    PROBE,
    CAPACITY;

    /** Makes one such call. */
    public void make(CloudBackend store, Deadline deadline) {
      var absent = ObjectKey.of("absent");
      switch (this) {
        case BEGIN -> store.begin(absent, 1, Precondition.none(), deadline).close();
        case GET -> store.get(THERE, ByteRange.ALL, deadline).ifPresent(Download::close);
        case GET_NOTHING -> store.get(absent, ByteRange.ALL, deadline).ifPresent(Download::close);
        case STAT -> store.stat(THERE, deadline);
        case LIST -> store.list("", Optional.empty(), 10, deadline);
        case DELETE -> store.delete(absent, deadline);
        case PROBE -> store.probe(deadline);
        case CAPACITY -> store.capacity(deadline);
      }
    }
  }

  /** Checks that {@code call} fails as a call to a store that does not answer, and names it. */
  static void assertUnavailable(CloudBackend store, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            BackendException.Unavailable.class,
            e -> {
              assertThat(e.backend()).isEqualTo(store.id());
              assertThat(e).hasMessageStartingWith(store.id() + ": ");
            });
  }

  @ParameterizedTest
  @EnumSource(Call.class)
  default void aCallAfterItsDeadlineFails(Call call) {
    try (var store = emptyBackend()) {
      put(store, THERE, bytes(1, 10));
      var over = new Deadline(Duration.ofSeconds(1), System.nanoTime() - 1);
      assertUnavailable(store, () -> call.make(store, over));
      call.make(store, soon());
    }
  }

  @ParameterizedTest
  @EnumSource(Call.class)
  default void aCallOfAnInterruptedThreadFailsAndKeepsTheFlag(Call call) {
    try (var store = emptyBackend()) {
      put(store, THERE, bytes(1, 10));
      Thread.currentThread().interrupt();
      try {
        assertUnavailable(store, () -> call.make(store, soon()));
      } finally {
        assertThat(Thread.interrupted()).isTrue();
      }
      call.make(store, soon());
    }
  }

  @Test
  default void anInterruptedStreamFailsAndLeavesNothing() {
    try (var store = emptyBackend()) {
      put(store, THERE, bytes(1, 10));
      var key = ObjectKey.of("new");
      try (Upload writing = store.begin(key, 2, Precondition.none(), soon());
          Upload committing = store.begin(key, 0, Precondition.none(), soon());
          Download reading = store.get(THERE, ByteRange.ALL, soon()).orElseThrow()) {
        Thread.currentThread().interrupt();
        try {
          assertUnavailable(store, () -> writing.write(new byte[1], 0, 1));
          assertThat(Thread.currentThread().isInterrupted()).isTrue();
          assertUnavailable(store, committing::commit);
          assertThat(Thread.currentThread().isInterrupted()).isTrue();
          assertUnavailable(store, () -> reading.read(new byte[1], 0, 1));
        } finally {
          assertThat(Thread.interrupted()).isTrue();
        }
        assertUnavailable(store, () -> writing.write(new byte[1], 0, 1));
        assertUnavailable(store, committing::commit);
      }
      assertThat(keys(store, "")).containsExactly("there");
      assertThat(read(store, THERE).orElseThrow()).isEqualTo(bytes(1, 10));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  default void anInterruptInTheMiddleEndsAnUploadAndADownload(long seed)
      throws InterruptedException {
    try (var store = emptyBackend()) {
      put(store, THERE, bytes(seed, 1 << 20));
      assertEndsAtInterrupt(
          store,
          seed,
          () -> {
            while (true) {
              put(store, ObjectKey.of("new"), bytes(seed, 1 << 20));
            }
          });
      assertEndsAtInterrupt(
          store,
          seed,
          () -> {
            while (true) {
              assertThat(read(store, THERE).orElseThrow()).hasSize(1 << 20);
            }
          });
      read(store, ObjectKey.of("new"))
          .ifPresent(whole -> assertThat(whole).isEqualTo(bytes(seed, 1 << 20)));
      put(store, ObjectKey.of("new"), bytes(seed, 10));
      assertThat(keys(store, "")).containsExactly("new", "there");
    }
  }

  private static void assertEndsAtInterrupt(CloudBackend store, long seed, Runnable forEver)
      throws InterruptedException {
    var wasInterrupted = new AtomicBoolean();
    var caller =
        Thread.ofVirtual()
            .start(() -> {
              assertUnavailable(store, forEver);
              wasInterrupted.set(Thread.currentThread().isInterrupted());
            });
    // Anywhere in what it does: this is the chance, not a way to wait for it.
    LockSupport.parkNanos(new Random(seed).nextLong(20_000_000));
    caller.interrupt();
    caller.join();
    assertThat(wasInterrupted).isTrue();
  }

  @Test
  default void anInterruptedThreadCanCloseEverything() {
    var store = emptyBackend();
    put(store, THERE, bytes(1, 10));
    var upload = store.begin(ObjectKey.of("new"), 1, Precondition.none(), soon());
    var download = store.get(THERE, ByteRange.ALL, soon()).orElseThrow();
    Thread.currentThread().interrupt();
    try {
      upload.close();
      download.close();
      store.close();
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  default void aClosedStoreFailsEveryCallAndEveryStream() {
    var store = emptyBackend();
    put(store, THERE, bytes(1, 10));
    try (Upload writing = store.begin(ObjectKey.of("a"), 2, Precondition.none(), soon());
        Upload committing = store.begin(ObjectKey.of("b"), 0, Precondition.none(), soon());
        Download reading = store.get(THERE, ByteRange.ALL, soon()).orElseThrow()) {
      store.close();
      for (Call call : Call.values()) {
        assertUnavailable(store, () -> call.make(store, soon()));
      }
      assertUnavailable(store, () -> writing.write(new byte[1], 0, 1));
      assertUnavailable(store, committing::commit);
      assertUnavailable(store, () -> reading.read(new byte[1], 0, 1));
    }
    store.close();
  }

  @Test
  default void aStoreThatWorksSaysSo() {
    try (var store = emptyBackend()) {
      assertThat(store.id()).isNotBlank();
      store.probe(soon());
      assertThat(keys(store, "")).isEmpty();
      assertThat(store.traits().maxObjectBytes()).isPositive();
      store
          .capacity(soon())
          .ifPresent(capacity -> {
            assertThat(capacity.freeBytes()).isNotNegative();
            assertThat(capacity.totalBytes()).isGreaterThanOrEqualTo(capacity.freeBytes());
          });
    }
  }
}
