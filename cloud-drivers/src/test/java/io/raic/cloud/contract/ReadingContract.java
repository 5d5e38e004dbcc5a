package io.raic.cloud.contract;

import static io.raic.cloud.contract.StoreUse.bytes;
import static io.raic.cloud.contract.StoreUse.drain;
import static io.raic.cloud.contract.StoreUse.keys;
import static io.raic.cloud.contract.StoreUse.put;
import static io.raic.cloud.contract.StoreUse.read;
import static io.raic.cloud.contract.StoreUse.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.cloud.BackendException;
import io.raic.cloud.ByteRange;
import io.raic.cloud.ObjectKey;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is there is read, whole or in part; what is not there is an answer. */
public interface ReadingContract extends EmptyBackend {
  /** The object of most tests here. */
  ObjectKey KEY = ObjectKey.of("shares/ab/abcd/0");

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0, 1",
    "0, 1000",
    "0, 1001",
    "1, 999",
    "500, 500",
    "999, 1000",
    "999, 5000",
    "1000, 1000",
    "1000, 1001",
    "1001, 2000",
    "4000, 9223372036854775807",
    "17, 9223372036854775807",
    "9223372036854775807, 9223372036854775807"
  })
  default void aRangeIsReadAsFarAsTheObjectReaches(long start, long end) {
    try (var store = emptyBackend()) {
      byte[] bytes = bytes(1, 1000);
      var info = put(store, KEY, bytes);
      int from = (int) Math.min(start, 1000);
      int to = (int) Math.min(end, 1000);

      try (var download = store.get(KEY, new ByteRange(start, end), soon()).orElseThrow()) {
        assertThat(download.info()).isEqualTo(info);
        assertThat(drain(download)).isEqualTo(Arrays.copyOfRange(bytes, from, to));
      }
    }
  }

  @Test
  default void anEmptyObjectHasNoBytesInAnyRange() {
    try (var store = emptyBackend()) {
      put(store, KEY, new byte[0]);
      assertThat(read(store, KEY).orElseThrow()).isEmpty();
      assertThat(read(store, KEY, new ByteRange(5, 9)).orElseThrow()).isEmpty();
    }
  }

  @Test
  default void bytesGoWhereTheyAreWantedAndNowhereElse() {
    try (var store = emptyBackend()) {
      put(store, KEY, bytes(1, 100));
      try (var download = store.get(KEY, ByteRange.ALL, soon()).orElseThrow()) {
        var target = new byte[20];
        int got = download.read(target, 5, 10);
        assertThat(got).isBetween(1, 10);
        var expected = new byte[20];
        System.arraycopy(bytes(1, 100), 0, expected, 5, got);
        assertThat(target).isEqualTo(expected);
      }
    }
  }

  @Test
  default void whatIsNotThereIsAnAnswer() {
    try (var store = emptyBackend()) {
      put(store, KEY, bytes(1, 100));
      for (var missing : new String[] {"other", "shares/ab", "shares/ab/abcd/1", "shares/x/y/0"}) {
        var key = ObjectKey.of(missing);
        assertThat(store.get(key, ByteRange.ALL, soon())).isEmpty();
        assertThat(store.stat(key, soon())).isEmpty();
        assertThat(store.delete(key, soon())).isFalse();
      }
      // A part of the way to it is an object already.
      var below = ObjectKey.of(KEY + "/more");
      assertThat(store.get(below, ByteRange.ALL, soon())).isEmpty();
      assertThat(store.stat(below, soon())).isEmpty();
      assertThat(store.delete(below, soon())).isFalse();
      assertThat(keys(store, "")).containsExactly(KEY.text());
    }
  }

  @Test
  default void aDeletedObjectIsGone() {
    try (var store = emptyBackend()) {
      put(store, KEY, bytes(1, 100));
      var neighbour = ObjectKey.of("shares/ab/abcd/1");
      put(store, neighbour, bytes(2, 10));

      assertThat(store.delete(KEY, soon())).isTrue();
      assertThat(store.delete(KEY, soon())).isFalse();
      assertThat(store.stat(KEY, soon())).isEmpty();
      assertThat(store.get(KEY, ByteRange.ALL, soon())).isEmpty();
      assertThat(keys(store, "")).containsExactly(neighbour.text());

      put(store, KEY, bytes(3, 7));
      assertThat(read(store, KEY).orElseThrow()).isEqualTo(bytes(3, 7));
    }
  }

  @Test
  default void aDownloadIsOfOneVersionOrFails() {
    try (var store = emptyBackend()) {
      byte[] first = bytes(1, 300_000);
      put(store, KEY, first);
      try (var download = store.get(KEY, ByteRange.ALL, soon()).orElseThrow()) {
        var head = new byte[1];
        assertThat(download.read(head, 0, 1)).isEqualTo(1);
        put(store, KEY, bytes(2, 400_000));
        try {
          assertThat(drain(download)).isEqualTo(Arrays.copyOfRange(first, 1, first.length));
        } catch (BackendException _) {
          // A store that does not keep what is being read says so.
        }
      }
      assertThat(read(store, KEY).orElseThrow()).isEqualTo(bytes(2, 400_000));
    }
  }

  @Test
  default void aClosedDownloadGivesNothing() {
    try (var store = emptyBackend()) {
      put(store, KEY, bytes(1, 100));
      var download = store.get(KEY, ByteRange.ALL, soon()).orElseThrow();
      download.close();
      download.close();
      assertThatThrownBy(() -> download.read(new byte[9], 0, 9))
          .isInstanceOf(BackendException.Unavailable.class);
    }
  }
}
