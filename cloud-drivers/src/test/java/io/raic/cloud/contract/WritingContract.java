package io.raic.cloud.contract;

import static io.raic.cloud.contract.StoreUse.bytes;
import static io.raic.cloud.contract.StoreUse.keys;
import static io.raic.cloud.contract.StoreUse.put;
import static io.raic.cloud.contract.StoreUse.read;
import static io.raic.cloud.contract.StoreUse.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.cloud.ByteRange;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Precondition;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An object appears at its commit, as a whole, or not at all. */
public interface WritingContract extends EmptyBackend {
  /** How long the long object is; a driver with parts wants several of them. */
  default long largeObjectBytes() {
    return 64L << 20;
  }

  /** How long a part of a name may be; a server of the tests may have to add something to it. */
  default int longestNamePart() {
    return ObjectKey.MAX_PART_CHARACTERS;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 1000, 65535, 65536, 65537, 131072, 131073, (1 << 20) + 3})
  default void anObjectIsReadBackAsItWasWritten(int size) {
    try (var store = emptyBackend()) {
      var key = ObjectKey.of("shares/ab/abcd/0");
      byte[] bytes = bytes(size, size);
      var random = new Random(size);
      try (var upload = store.begin(key, size, Precondition.none(), soon())) {
        for (int done = 0; done < size; ) {
          int part = 1 + random.nextInt(size - done);
          // Surrounded by bytes that must not be taken, and changed after they were.
          byte[] data = new byte[part + 7];
          System.arraycopy(bytes, done, data, 3, part);
          upload.write(data, 3, part);
          Arrays.fill(data, (byte) 0x55);
          done += part;
        }
        upload.write(new byte[9], 9, 0);
        var info = upload.commit();
        assertThat(info.key()).isEqualTo(key);
        assertThat(info.size()).isEqualTo(size);
        assertThat(store.stat(key, soon())).contains(info);
      }
      assertThat(read(store, key).orElseThrow()).isEqualTo(bytes);
    }
  }

  @Test
  default void nothingIsVisibleBeforeTheCommit() {
    try (var store = emptyBackend()) {
      var key = ObjectKey.of("a/b");
      try (var upload = store.begin(key, 3, Precondition.none(), soon())) {
        upload.write(bytes(1, 3), 0, 3);
        assertThat(store.stat(key, soon())).isEmpty();
        assertThat(store.get(key, ByteRange.ALL, soon())).isEmpty();
        assertThat(keys(store, "")).isEmpty();
        upload.commit();
        assertThat(keys(store, "")).containsExactly("a/b");
      }
      assertThat(keys(store, "")).containsExactly("a/b");
    }
  }

  @Test
  default void anAbandonedUploadLeavesWhatWasThere() {
    try (var store = emptyBackend()) {
      var key = ObjectKey.of("a/b");
      store.begin(key, 3, Precondition.none(), soon()).close();
      assertThat(keys(store, "")).isEmpty();

      var info = put(store, key, bytes(1, 5));
      try (var upload = store.begin(key, 3, Precondition.none(), soon())) {
        upload.write(bytes(2, 3), 0, 3);
      }
      assertThat(store.stat(key, soon())).contains(info);
      assertThat(read(store, key).orElseThrow()).isEqualTo(bytes(1, 5));
    }
  }

  @Test
  default void tooFewBytesAreNotCommitted() {
    try (var store = emptyBackend()) {
      try (var upload = store.begin(ObjectKey.of("a"), 3, Precondition.none(), soon())) {
        upload.write(new byte[2], 0, 2);
        assertThatThrownBy(upload::commit).isInstanceOf(IllegalStateException.class);
      }
      assertThat(keys(store, "")).isEmpty();
    }
  }

  @Test
  default void moreBytesThanAnnouncedAreRefused() {
    try (var store = emptyBackend()) {
      try (var upload = store.begin(ObjectKey.of("a"), 3, Precondition.none(), soon())) {
        upload.write(new byte[2], 0, 2);
        assertThatThrownBy(() -> upload.write(new byte[2], 0, 2))
            .isInstanceOf(IllegalStateException.class);
      }
      assertThat(keys(store, "")).isEmpty();
      assertThatThrownBy(() -> store.begin(ObjectKey.of("a"), -1, Precondition.none(), soon()))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  default void aCommittedUploadTakesNoMore() {
    try (var store = emptyBackend()) {
      try (var upload = store.begin(ObjectKey.of("a"), 0, Precondition.none(), soon())) {
        upload.commit();
        assertThatThrownBy(upload::commit).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> upload.write(new byte[0], 0, 0))
            .isInstanceOf(IllegalStateException.class);
      }
      assertThat(keys(store, "")).containsExactly("a");
    }
  }

  @Test
  default void everyVersionHasATokenOfItsOwn() {
    try (var store = emptyBackend()) {
      var key = ObjectKey.of("slot");
      var tokens =
          IntStream.range(0, 50).mapToObj(i -> put(store, key, bytes(i, 4)).version()).distinct();
      assertThat(tokens).hasSize(50);
      assertThat(read(store, key).orElseThrow()).isEqualTo(bytes(49, 4));
    }
  }

  @Test
  default void aNameMayHaveEveryLegalCharacterAndTheGreatestLength() {
    try (var store = emptyBackend()) {
      var keys =
          List.of(
              "ABCDEFGHIJKLMNOPQRSTUVWXYZ/abcdefghijklmnopqrstuvwxyz/0123456789._-",
              "_/-/a..b.",
              "x".repeat(longestNamePart()),
              "y".repeat(longestNamePart()) + "/" + "z".repeat(longestNamePart() - 1) + "/" + "q");
      for (int i = 0; i < keys.size(); i++) {
        put(store, ObjectKey.of(keys.get(i)), bytes(i, 10 + i));
      }
      for (int i = 0; i < keys.size(); i++) {
        assertThat(read(store, ObjectKey.of(keys.get(i))).orElseThrow())
            .isEqualTo(bytes(i, 10 + i));
      }
      assertThat(keys(store, "")).containsExactlyElementsOf(keys.stream().sorted().toList());
    }
  }

  @Test
  default void aLongObjectPassesInPieces() {
    try (var store = emptyBackend()) {
      var key = ObjectKey.of("long");
      long size = largeObjectBytes();
      byte[] piece = bytes(7, (1 << 20) - 1);
      var written = new CRC32C();
      try (var upload = store.begin(key, size, Precondition.none(), soon())) {
        for (long done = 0; done < size; ) {
          int part = (int) Math.min(piece.length, size - done);
          upload.write(piece, 0, part);
          written.update(piece, 0, part);
          done += part;
        }
        assertThat(upload.commit().size()).isEqualTo(size);
      }
      var seen = new CRC32C();
      long got = 0;
      try (var download = store.get(key, ByteRange.ALL, soon()).orElseThrow()) {
        var buffer = new byte[1 << 20];
        for (int n = 0; n >= 0; n = download.read(buffer, 0, buffer.length)) {
          seen.update(buffer, 0, n);
          got += n;
        }
      }
      assertThat(got).isEqualTo(size);
      assertThat(seen.getValue()).isEqualTo(written.getValue());
    }
  }
}
