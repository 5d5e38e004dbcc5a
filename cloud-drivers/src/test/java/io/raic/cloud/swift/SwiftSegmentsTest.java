package io.raic.cloud.swift;

import static io.raic.cloud.contract.StoreUse.bytes;
import static io.raic.cloud.contract.StoreUse.keys;
import static io.raic.cloud.contract.StoreUse.put;
import static io.raic.cloud.contract.StoreUse.read;
import static io.raic.cloud.contract.StoreUse.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.cloud.BackendException;
import io.raic.cloud.CloudBackend;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Precondition;
import io.raic.cloud.VersionToken;
import io.raic.cloud.testbed.SwiftServer;
import io.raic.cloud.wire.FaultProxy;
import io.raic.cloud.wire.WireFault;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What long objects are made of is there as long as they are. */
class SwiftSegmentsTest {
  private static final ObjectKey KEY = ObjectKey.of("a/b");
  private static final int PART = Limits.STANDARD.parts().usual();

  private final Map<String, String> settings = SwiftSettings.tempAuth(SwiftServer.tempAuth());

  /** Makes a store, and the container of its segments, which the first long object does. */
  private CloudBackend opened() {
    var store = SwiftSettings.open(settings);
    store.probe(soon());
    put(store, ObjectKey.of("first"), bytes(1, PART + 1));
    store.delete(ObjectKey.of("first"), soon());
    return store;
  }

  private CloudBackend segments() {
    return SwiftSettings.open(
        SwiftSettings.with(
            settings, "container", SwiftServer.tempAuth().container() + "_segments"));
  }

  @Test
  void segmentsGoWithTheirObjectWhateverEndsIt() {
    try (var store = opened();
        var segments = segments()) {
      put(store, KEY, bytes(1, 2 * PART + 1));
      assertThat(keys(segments, "a/b/")).hasSize(3);
      put(store, KEY, bytes(2, PART + 1));
      assertThat(keys(segments, "a/b/")).hasSize(2);
      put(store, KEY, bytes(3, 10));
      assertThat(keys(segments, "")).isEmpty();
      put(store, KEY, bytes(1, 2 * PART + 1));
      assertThat(store.delete(KEY, soon())).isTrue();
      assertThat(keys(segments, "")).isEmpty();
    }
  }

  @Test
  void anUploadThatIsAbandonedOrRefusedLeavesNoSegments() {
    try (var store = opened();
        var segments = segments()) {
      byte[] bytes = bytes(1, 2 * PART);
      try (var upload = store.begin(KEY, bytes.length, Precondition.none(), soon())) {
        upload.write(bytes, 0, bytes.length);
        assertThat(keys(segments, "")).hasSize(1);
      }
      assertThat(keys(segments, "")).isEmpty();

      var upload = store.begin(KEY, bytes.length, Precondition.none(), soon());
      upload.write(bytes, 0, bytes.length);
      Thread.currentThread().interrupt();
      try {
        upload.close();
      } finally {
        assertThat(Thread.interrupted()).isTrue();
      }
      assertThat(keys(segments, "")).isEmpty();

      put(store, KEY, bytes(2, 10));
      assertThatThrownBy(() -> put(store, KEY, bytes, Precondition.absent()))
          .isInstanceOf(BackendException.PreconditionFailed.class);
      assertThat(keys(segments, "")).isEmpty();
      assertThat(read(store, KEY).orElseThrow()).isEqualTo(bytes(2, 10));
    }
  }

  @Test
  void whatIsThereIsNotReplacedByAWriterThatCreates() {
    try (var store = opened()) {
      var info = put(store, KEY, bytes(1, 10), Precondition.absent());
      assertThatThrownBy(() -> put(store, KEY, bytes(2, 10), Precondition.absent()))
          .isInstanceOf(BackendException.PreconditionFailed.class);
      assertThat(store.stat(KEY, soon())).contains(info);
      assertThat(store.traits().createOnly()).isFalse();
    }
  }

  @Test
  void comparingAndSwappingIsRefusedRatherThanPretended() {
    try (var store = opened()) {
      var seen = new Precondition.Matches(new VersionToken("any"));
      assertThatThrownBy(() -> store.begin(KEY, 1, seen, soon()))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageContaining("Swift cannot");
      assertThat(store.traits().replaceIfMatches()).isFalse();
    }
  }

  @Test
  void aWriteWhoseAnswerWasLostIsRecognisedAsItsOwn() throws Exception {
    var server = SwiftServer.tempAuth();
    try (var store = opened();
        var proxy = new FaultProxy(SwiftSettings.address(server.authUrl()));
        var slow =
            SwiftSettings.open(
                SwiftSettings.with(
                    settings,
                    "auth-url",
                    SwiftSettings.through(proxy.address(), server.authUrl())))) {
      slow.probe(soon());
      proxy.set(new WireFault.ResetAnswer(0));
      var written =
          new FutureTask<>(() -> {
            try {
              return Optional.of(put(slow, KEY, bytes(1, 10), Precondition.absent()));
            } catch (BackendException.Unavailable _) {
              // So slow a machine that each attempt was made before the line was repaired.
              return Optional.empty();
            }
          });
      Thread.ofVirtual().start(written);
      while (store.stat(KEY, soon()).isEmpty()) {
        Thread.onSpinWait();
      }
      proxy.clear();
      var there = store.stat(KEY, soon()).orElseThrow();
      written.get(60, TimeUnit.SECONDS).ifPresent(info -> assertThat(info).isEqualTo(there));
    }
  }
}
