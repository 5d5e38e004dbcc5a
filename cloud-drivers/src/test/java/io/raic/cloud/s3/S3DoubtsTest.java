package io.raic.cloud.s3;

import static io.raic.cloud.contract.StoreUse.bytes;
import static io.raic.cloud.contract.StoreUse.put;
import static io.raic.cloud.contract.StoreUse.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.cloud.BackendException;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Precondition;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What is known, and what is not, after an attempt that failed. */
class S3DoubtsTest {
  private static final ObjectKey KEY = ObjectKey.of("a");
  private static final String PATH = "/bucket/raic/a";

  @Test
  void aTrialThatIsCutShortDoesNotSpoilTheNextOne() {
    var requests = new AtomicInteger();
    FakeS3.Fault burst =
        (_, server) -> {
          int number = requests.incrementAndGet();
          return number == 2 || number == 3
              ? FakeS3.Answer.error(503, "ServiceUnavailable")
              : server.get();
        };
    try (var fake = new FakeS3(burst);
        var store = fake.open()) {
      store.probe(soon());
      assertThat(store.traits().createOnly()).isTrue();
      assertThat(store.traits().replaceIfMatches()).isTrue();
    }
  }

  @Test
  void aLostAnswerAndAStrangersObjectAfterItLeaveOpenWhoseWriteWasFirst() {
    var puts = new AtomicInteger();
    var objects = new ConcurrentHashMap<String, FakeS3.Stored>();
    FakeS3.Fault lostAndReplaced =
        (asked, server) -> {
          var answer = server.get();
          if (!asked.isFor("PUT", PATH) || puts.incrementAndGet() > 1) {
            return answer;
          }
          objects.put(PATH, new FakeS3.Stored("theirs", "theirs"));
          return FakeS3.LOST;
        };
    try (var fake = new FakeS3(objects, lostAndReplaced);
        var store = fake.open()) {
      store.probe(soon());
      assertThatThrownBy(() -> put(store, KEY, bytes(1, 10), Precondition.absent()))
          .isInstanceOf(BackendException.Unavailable.class)
          .hasMessageContaining("others have written since");
    }
  }

  @Test
  void anAttemptThatWasOnlyPutOffSaysNothingOfTheObject() {
    var puts = new AtomicInteger();
    FakeS3.Fault slow =
        (asked, server) ->
            asked.isFor("PUT", PATH) && puts.incrementAndGet() == 1
                ? FakeS3.Answer.error(503, "SlowDown")
                : server.get();
    try (var fake = new FakeS3(slow);
        var store = fake.open()) {
      store.probe(soon());
      fake.objects.put(PATH, new FakeS3.Stored("theirs", "theirs"));
      assertThatThrownBy(() -> put(store, KEY, bytes(1, 10), Precondition.absent()))
          .isInstanceOf(BackendException.PreconditionFailed.class);
    }
  }

  @Test
  void nothingWasDeletedWhereNoDeleteWasSent() {
    var heads = new AtomicInteger();
    FakeS3.Fault down =
        (asked, server) ->
            asked.isFor("HEAD", PATH) && heads.incrementAndGet() == 1
                ? FakeS3.Answer.of(503)
                : server.get();
    try (var fake = new FakeS3(down);
        var store = fake.open()) {
      assertThat(store.delete(KEY, soon())).isFalse();
    }
  }

  @Test
  void aDeleteWhoseAnswerWasLostHasDeleted() {
    var deletes = new AtomicInteger();
    FakeS3.Fault lost =
        (asked, server) -> {
          var answer = server.get();
          return asked.isFor("DELETE", PATH) && deletes.incrementAndGet() == 1
              ? FakeS3.LOST
              : answer;
        };
    try (var fake = new FakeS3(lost);
        var store = fake.open()) {
      put(store, KEY, bytes(1, 10));
      assertThat(store.delete(KEY, soon())).isTrue();
      assertThat(store.delete(KEY, soon())).isFalse();
    }
  }
}
