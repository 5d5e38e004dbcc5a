package io.raic.cloud.box;

import static io.raic.cloud.contract.StoreUse.bytes;
import static io.raic.cloud.contract.StoreUse.keys;
import static io.raic.cloud.contract.StoreUse.put;
import static io.raic.cloud.contract.StoreUse.read;
import static io.raic.cloud.contract.StoreUse.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.cloud.BackendException;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Precondition;
import io.raic.cloud.box.fake.FakeFaults.Kind;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** An attempt that has done its work though its answer was lost is known again. */
class BoxLostAnswersTest {
  private static final ObjectKey KEY = ObjectKey.of("shares/ab/abcd/0");

  @Test
  void aCreationWhoseAnswerWasLostHasSucceeded() {
    try (var fake = new StoreOfFake()) {
      fake.box.faults().next(Kind.ANSWER_LOST, 1, "upload"::equals);
      var info = put(fake.store(), KEY, bytes(1, 10), Precondition.absent());
      assertThat(fake.store().stat(KEY, soon())).contains(info);
      assertThat(fake.box.calls().of("upload")).isEqualTo(2);
      assertThat(fake.box.calls().of("new version")).isZero();
    }
  }

  @Test
  void aCreationIsNotTakenForAnothersWithTheSameBytes() {
    try (var fake = new StoreOfFake();
        var another = fake.another()) {
      put(another, KEY, bytes(1, 10), Precondition.absent());
      fake.box.faults().next(Kind.UNAVAILABLE, 1, "upload"::equals);
      assertThatThrownBy(() -> put(fake.store(), KEY, bytes(1, 10), Precondition.absent()))
          .isInstanceOf(BackendException.PreconditionFailed.class);
    }
  }

  @Test
  void aReplacementWhoseAnswerWasLostHasSucceeded() {
    try (var fake = new StoreOfFake()) {
      var first = put(fake.store(), KEY, bytes(1, 10));
      fake.box.faults().next(Kind.ANSWER_LOST, 1, "new version"::equals);
      var second = put(fake.store(), KEY, bytes(2, 10), new Precondition.Matches(first.version()));
      assertThat(fake.store().stat(KEY, soon())).contains(second);
      assertThat(read(fake.store(), KEY).orElseThrow()).isEqualTo(bytes(2, 10));
    }
  }

  @Test
  void aReplacementThatCameTooLateHasFailed() {
    try (var fake = new StoreOfFake()) {
      var first = put(fake.store(), KEY, bytes(1, 10));
      put(fake.store(), KEY, bytes(2, 10));
      fake.box.faults().next(Kind.UNAVAILABLE, 1, "new version"::equals);
      assertThatThrownBy(
              () -> put(fake.store(), KEY, bytes(2, 10), new Precondition.Matches(first.version())))
          .isInstanceOf(BackendException.PreconditionFailed.class);
    }
  }

  @Test
  void whatNobodyCanTellAnyMoreIsNotTold() {
    try (var fake = new StoreOfFake()) {
      var first = put(fake.store(), KEY, bytes(1, 10));
      put(fake.store(), KEY, bytes(2, 10));
      put(fake.store(), KEY, bytes(3, 10));
      fake.box.faults().next(Kind.UNAVAILABLE, 1, "new version"::equals);
      assertThatThrownBy(
              () -> put(fake.store(), KEY, bytes(4, 10), new Precondition.Matches(first.version())))
          .isInstanceOf(BackendException.Unavailable.class);
    }
  }

  @Test
  void aRemovalWhoseAnswerWasLostHasRemoved() {
    try (var fake = new StoreOfFake()) {
      put(fake.store(), KEY, bytes(1, 10));
      fake.box.faults().next(Kind.ANSWER_LOST, 1, "delete"::equals);
      assertThat(fake.store().delete(KEY, soon())).isTrue();
      assertThat(keys(fake.store(), "")).isEmpty();
      assertThat(fake.box.trashed()).isZero();
    }
  }

  @Test
  void aPartWhoseAnswerWasLostIsNotSentAgain() {
    try (var fake = new StoreOfFake()) {
      byte[] bytes = bytes(1, BoxUpload.PART_BYTES + 5);
      fake.box.faults().next(Kind.ANSWER_LOST, 2, "part"::equals);
      put(fake.store(), KEY, bytes);
      assertThat(read(fake.store(), KEY).orElseThrow()).isEqualTo(bytes);
      assertThat(fake.box.openSessions()).isZero();
    }
  }

  @Test
  void aConflictThatNobodyKnowsIsToldInTheWordsOfAllDrivers() {
    try (var fake = new StoreOfFake()) {
      var first = put(fake.store(), KEY, bytes(1, 10));
      fake.box.faults().next(Kind.CONFLICT, 1, "new version"::equals);
      assertThatThrownBy(
              () -> put(fake.store(), KEY, bytes(2, 10), new Precondition.Matches(first.version())))
          .isInstanceOf(BackendException.Unavailable.class);
    }
  }

  @Test
  void aSessionThatIsGoneIsToldInTheWordsOfAllDrivers() {
    try (var fake = new StoreOfFake()) {
      byte[] bytes = bytes(1, BoxUpload.PART_BYTES + 5);
      try (var upload = fake.store().begin(KEY, bytes.length, Precondition.none(), soon())) {
        upload.write(bytes, 0, bytes.length);
        fake.box.clock().advance(Duration.ofDays(8));
        fake.box.faults().next(Kind.CONFLICT, 1, "part"::equals);
        assertThatThrownBy(upload::commit).isInstanceOf(BackendException.class);
      }
    }
  }

  @Test
  void anEndOfASessionWhoseAnswerWasLostHasSucceeded() {
    try (var fake = new StoreOfFake()) {
      byte[] bytes = bytes(1, BoxUpload.PART_BYTES + 5);
      fake.box.faults().next(Kind.ANSWER_LOST, 1, "commit"::equals);
      put(fake.store(), KEY, bytes, Precondition.absent());
      assertThat(read(fake.store(), KEY).orElseThrow()).isEqualTo(bytes);
    }
  }

  @Test
  void partsAreWorkedAtForAWhile() {
    try (var fake = new StoreOfFake()) {
      byte[] bytes = bytes(1, BoxUpload.PART_BYTES + 5);
      fake.box.faults().next(Kind.COMMIT_LATER, 1);
      put(fake.store(), KEY, bytes);
      fake.box.faults().next(Kind.NOT_READY, 1);
      assertThat(read(fake.store(), KEY).orElseThrow()).isEqualTo(bytes);
    }
  }

  @Test
  void partsOfAnyLengthThatBoxWantsAreCut() {
    try (var fake = new StoreOfFake()) {
      for (int partBytes : new int[] {5_000_000, 7 << 20, 32 << 20}) {
        fake.box.setPartBytes(partBytes);
        byte[] bytes = bytes(partBytes, 2 * BoxUpload.PART_BYTES + 1_234_567);
        put(fake.store(), KEY, bytes);
        assertThat(read(fake.store(), KEY).orElseThrow()).isEqualTo(bytes);
      }
    }
  }

  @Test
  void aDownloadThatIsCutShortIsNotTakenAsWhole() {
    try (var fake = new StoreOfFake()) {
      put(fake.store(), KEY, bytes(1, 200_000));
      fake.box.faults().next(Kind.CUT_SHORT, 1);
      assertThatThrownBy(() -> read(fake.store(), KEY))
          .isInstanceOf(BackendException.Unavailable.class);
    }
  }
}
