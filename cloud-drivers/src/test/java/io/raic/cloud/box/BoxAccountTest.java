package io.raic.cloud.box;

import static io.raic.cloud.contract.StoreUse.bytes;
import static io.raic.cloud.contract.StoreUse.keys;
import static io.raic.cloud.contract.StoreUse.put;
import static io.raic.cloud.contract.StoreUse.read;
import static io.raic.cloud.contract.StoreUse.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.cloud.BackendException;
import io.raic.cloud.Capacity;
import io.raic.cloud.Deadline;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Precondition;
import io.raic.cloud.box.fake.FakeFaults.Kind;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an account may and may not, and how much. */
class BoxAccountTest {
  private static final ObjectKey KEY = ObjectKey.of("a");

  @Test
  void whatIsRemovedLeavesNothingInTheTrash() {
    try (var fake = new StoreOfFake()) {
      put(fake.store(), KEY, bytes(1, 1000));
      fake.store().delete(KEY, soon());
      assertThat(fake.box.trashed()).isZero();
    }
  }

  @Test
  void theTrashIsLeftAloneIfItShallBe() {
    try (var fake = new StoreOfFake(Map.of("purge", "false"))) {
      put(fake.store(), KEY, bytes(1, 1000));
      fake.store().delete(KEY, soon());
      assertThat(fake.box.trashed()).isEqualTo(1);
      assertThat(fake.box.calls().of("purge")).isZero();
    }
  }

  @Test
  void whoMayNotPurgeRemovesAllTheSameAndAsksOnce() {
    try (var fake = new StoreOfFake()) {
      fake.box.account().setMayPurge(false);
      for (int i = 0; i < 3; i++) {
        put(fake.store(), KEY, bytes(1, 1000));
        assertThat(fake.store().delete(KEY, soon())).isTrue();
      }
      assertThat(keys(fake.store(), "")).isEmpty();
      assertThat(fake.box.calls().of("purge")).isEqualTo(1);
    }
  }

  @Test
  void aFullAccountIsOutOfSpace() {
    try (var fake = new StoreOfFake()) {
      fake.box.account().setSpaceBytes(5000);
      put(fake.store(), KEY, bytes(1, 4000));
      assertThat(fake.store().capacity(soon())).contains(new Capacity(5000, 1000));
      assertThatThrownBy(() -> put(fake.store(), ObjectKey.of("b"), bytes(1, 4000)))
          .isInstanceOf(BackendException.OutOfSpace.class)
          .hasMessageContaining("the account is full")
          .hasMessageContaining("(request ");
    }
  }

  @Test
  void whatIsInAFullAccountIsFoundReadAndRemoved() {
    try (var fake = new StoreOfFake();
        var another = fake.another()) {
      put(fake.store(), KEY, bytes(1, 4000));
      put(fake.store(), ObjectKey.of("b"), bytes(1, 4000));
      fake.box.account().setSpaceBytes(1000);
      assertThat(another.stat(KEY, soon())).isPresent();
      assertThat(another.stat(ObjectKey.of("c"), soon())).isEmpty();
      assertThat(another.delete(ObjectKey.of("b"), soon())).isTrue();
      assertThat(read(another, KEY).orElseThrow()).isEqualTo(bytes(1, 4000));
    }
  }

  @Test
  void aFileIsAsLongAsThePlanAllows() {
    try (var fake = new StoreOfFake()) {
      assertThat(fake.store().traits().maxObjectBytes()).isEqualTo(BoxBackend.LEAST_MAX_BYTES);
      fake.box.account().setMaxUploadBytes(7_000_000_000L);
      fake.store().begin(KEY, 6_000_000_000L, Precondition.none(), soon()).close();
      assertThat(fake.store().traits().maxObjectBytes()).isEqualTo(7_000_000_000L);
      assertThatThrownBy(() -> fake.store().begin(KEY, 8_000_000_000L, Precondition.none(), soon()))
          .isInstanceOf(BackendException.OutOfSpace.class);
    }
  }

  @Test
  void anAccountWithoutALimitTellsNone() {
    try (var fake = new StoreOfFake()) {
      fake.box.account().setSpaceBytes(999_999_999_999_999L);
      assertThat(fake.store().capacity(soon())).isEmpty();
    }
  }

  @Test
  void whoMayOnlyReadIsTold() {
    try (var fake = new StoreOfFake()) {
      fake.box.account().setMayUpload(false);
      assertThatThrownBy(() -> fake.store().probe(soon()))
          .isInstanceOf(BackendException.AccessDenied.class)
          .hasMessageContaining("must be an editor");
      assertThatThrownBy(() -> put(fake.store(), KEY, bytes(1, 10)))
          .isInstanceOf(BackendException.AccessDenied.class);
    }
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    try (var fake = new StoreOfFake(Map.of("folder-id", "424242"))) {
      for (Runnable call :
          new Runnable[] {
            () -> fake.store().probe(soon()),
            () -> keys(fake.store(), ""),
            () -> fake.store().stat(KEY, soon()),
            () -> put(fake.store(), KEY, bytes(1, 10))
          }) {
        assertThatThrownBy(call::run)
            .isInstanceOf(BackendException.AccessDenied.class)
            .hasMessageContaining("no folder 424242");
      }
    }
  }

  @Test
  void theCallsOfAMinuteAreKept() {
    try (var fake = new StoreOfFake(Map.of("uploads-per-minute", "10"))) {
      // The first at once, the next in seven seconds: no deadline here is so long.
      put(fake.store(), KEY, bytes(1, 10));
      try (var upload =
          fake.store().begin(KEY, 0, Precondition.none(), Deadline.in(Duration.ofSeconds(1)))) {
        assertThatThrownBy(upload::commit)
            .isInstanceOfSatisfying(
                BackendException.Throttled.class,
                e ->
                    assertThat(e.retryAfter())
                        .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(7)));
      }
      assertThat(fake.box.calls().of("new version")).isZero();
    }
  }

  @Test
  void aThrottledCallIsMadeAgain() {
    try (var fake = new StoreOfFake()) {
      fake.box.faults().next(Kind.THROTTLED, 1, "upload"::equals);
      put(fake.store(), KEY, bytes(1, 10));
      assertThat(fake.box.calls().of("upload")).isEqualTo(2);
    }
  }

  @Test
  void whatBoxRefusesToEverybodyIsThrottled() {
    try (var fake = new StoreOfFake()) {
      fake.store().probe(soon());
      fake.box.limit(1, 1);
      assertThatThrownBy(() -> fake.store().stat(KEY, Deadline.in(Duration.ofSeconds(2))))
          .isInstanceOf(BackendException.Throttled.class);
      fake.box.clock().advance(Duration.ofMinutes(2));
      assertThat(fake.store().stat(KEY, soon())).isEmpty();
    }
  }
}
