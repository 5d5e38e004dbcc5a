package io.raic.cloud.contract;

import static io.raic.cloud.contract.StoreUse.bytes;
import static io.raic.cloud.contract.StoreUse.keys;
import static io.raic.cloud.contract.StoreUse.put;
import static io.raic.cloud.contract.StoreUse.read;
import static io.raic.cloud.contract.StoreUse.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.raic.cloud.BackendException;
import io.raic.cloud.ByteRange;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Precondition;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Objects around the size of a part, of a driver that sends long ones in parts. */
public interface PartsContract extends EmptyBackend {
  /** The bytes of a part; an object with one more is sent in two. */
  int partBytes();

  @ParameterizedTest
  @CsvSource({"1, -1", "1, 0", "1, 1", "2, -1", "2, 0", "2, 1", "3, 17"})
  default void anObjectOfAboutSomePartsIsWholeAndReadInRanges(int parts, int more) {
    try (var store = emptyBackend()) {
      assertThat(store.traits().parts().usual()).isGreaterThanOrEqualTo(partBytes());
      var key = ObjectKey.of("shares/ab/abcd/0");
      byte[] bytes = bytes(parts, parts * partBytes() + more);
      var info = put(store, key, bytes, Precondition.none());
      assertThat(info.size()).isEqualTo(bytes.length);
      assertThat(store.stat(key, soon())).contains(info);
      assertThat(StoreUse.list(store, "", 10)).containsExactly(info);
      assertThat(read(store, key).orElseThrow()).isEqualTo(bytes);
      int start = Math.max(0, partBytes() - 5);
      int end = Math.min(bytes.length, partBytes() + 5);
      assertThat(read(store, key, new ByteRange(start, end)).orElseThrow())
          .isEqualTo(Arrays.copyOfRange(bytes, start, end));
      assertThat(store.delete(key, soon())).isTrue();
      assertThat(keys(store, "")).isEmpty();
    }
  }

  @Test
  default void partsThatWereAbandonedAreNotVisibleAndDoNotDisturb() {
    try (var store = emptyBackend()) {
      var key = ObjectKey.of("a");
      byte[] bytes = bytes(1, 2 * partBytes() + 1);
      try (var upload = store.begin(key, bytes.length, Precondition.none(), soon())) {
        upload.write(bytes, 0, bytes.length);
        assertThat(upload.sentBytes()).isEqualTo(2L * partBytes());
        assertThat(keys(store, "")).isEmpty();
        assertThat(store.stat(key, soon())).isEmpty();
      }
      assertThat(keys(store, "")).isEmpty();
      put(store, key, bytes);
      put(store, key, bytes(2, 100));
      assertThat(read(store, key).orElseThrow()).isEqualTo(bytes(2, 100));
      put(store, key, bytes);
      assertThat(read(store, key).orElseThrow()).isEqualTo(bytes);
      assertThat(keys(store, "")).containsExactly("a");
    }
  }

  @Test
  default void anObjectInPartsIsCreatedOnlyWhereNoneIs() {
    try (var store = emptyBackend()) {
      assumeTrue(store.traits().createOnly(), "the store cannot create only");
      var key = ObjectKey.of("a");
      put(store, key, bytes(1, 10));
      byte[] bytes = bytes(2, partBytes() + 1);
      assertThatThrownBy(() -> put(store, key, bytes, Precondition.absent()))
          .isInstanceOf(BackendException.PreconditionFailed.class);
      assertThat(read(store, key).orElseThrow()).isEqualTo(bytes(1, 10));
      store.delete(key, soon());
      put(store, key, bytes, Precondition.absent());
      assertThat(read(store, key).orElseThrow()).isEqualTo(bytes);
    }
  }
}
