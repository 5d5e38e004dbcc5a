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
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Precondition;
import io.raic.cloud.VersionToken;
import org.junit.jupiter.api.Test;

/** A write whose precondition does not hold changes nothing. */
public interface PreconditionContract extends EmptyBackend {
  @Test
  default void onlyWhatIsAbsentIsCreated() {
    try (var store = emptyBackend()) {
      assumeTrue(store.traits().createOnly(), "the store cannot create only");
      var key = ObjectKey.of("a/b");
      var info = put(store, key, bytes(1, 5), Precondition.absent());

      assertThatThrownBy(() -> put(store, key, bytes(2, 6), Precondition.absent()))
          .isInstanceOfSatisfying(
              BackendException.PreconditionFailed.class,
              e -> assertThat(e.backend()).isEqualTo(store.id()));
      assertThat(store.stat(key, soon())).contains(info);
      assertThat(read(store, key).orElseThrow()).isEqualTo(bytes(1, 5));

      store.delete(key, soon());
      put(store, key, bytes(2, 6), Precondition.absent());
      assertThat(read(store, key).orElseThrow()).isEqualTo(bytes(2, 6));
    }
  }

  @Test
  default void anObjectCreatedDuringAnUploadIsNotReplaced() {
    try (var store = emptyBackend()) {
      assumeTrue(store.traits().createOnly(), "the store cannot create only");
      var key = ObjectKey.of("a/b");
      try (var upload = store.begin(key, 1, Precondition.absent(), soon())) {
        upload.write(new byte[1], 0, 1);
        put(store, key, bytes(1, 5));
        assertThatThrownBy(upload::commit).isInstanceOf(BackendException.PreconditionFailed.class);
      }
      assertThat(read(store, key).orElseThrow()).isEqualTo(bytes(1, 5));
    }
  }

  @Test
  default void onlyTheVersionThatWasSeenIsReplaced() {
    try (var store = emptyBackend()) {
      assumeTrue(store.traits().replaceIfMatches(), "the store cannot replace what matches");
      var key = ObjectKey.of("a/b");
      var first = put(store, key, bytes(1, 5));
      var second = put(store, key, bytes(2, 5), new Precondition.Matches(first.version()));
      assertThat(second.version()).isNotEqualTo(first.version());

      assertThatThrownBy(
              () -> put(store, key, bytes(3, 5), new Precondition.Matches(first.version())))
          .isInstanceOf(BackendException.PreconditionFailed.class);
      assertThat(store.stat(key, soon())).contains(second);
      assertThat(read(store, key).orElseThrow()).isEqualTo(bytes(2, 5));
    }
  }

  @Test
  default void whatWasDeletedIsNotReplaced() {
    try (var store = emptyBackend()) {
      assumeTrue(store.traits().replaceIfMatches(), "the store cannot replace what matches");
      var key = ObjectKey.of("a/b");
      var info = put(store, key, bytes(1, 5));
      store.delete(key, soon());

      assertThatThrownBy(
              () -> put(store, key, bytes(3, 5), new Precondition.Matches(info.version())))
          .isInstanceOf(BackendException.PreconditionFailed.class);
      assertThatThrownBy(() ->
              put(
                  store,
                  key,
                  bytes(3, 5),
                  new Precondition.Matches(new VersionToken("nothing of the kind"))))
          .isInstanceOf(BackendException.PreconditionFailed.class);
      assertThat(keys(store, "")).isEmpty();
    }
  }
}
