package io.raic.cloud.swift;

import static io.raic.cloud.contract.StoreUse.bytes;
import static io.raic.cloud.contract.StoreUse.put;
import static io.raic.cloud.contract.StoreUse.read;
import static io.raic.cloud.contract.StoreUse.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.cloud.BackendException;
import io.raic.cloud.CloudBackend;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Operation;
import io.raic.cloud.Precondition;
import io.raic.cloud.Secret;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is believed about a write whose answer was lost, or that came too late by the clocks. */
class SwiftLostAnswersTest {
  private static final ObjectKey KEY = ObjectKey.of("a/b");
  private static final String NAME = KEY.text();
  private static final byte[] SHORT = bytes(1, 10);
  private static final byte[] LONG = bytes(2, Limits.STANDARD.parts().usual() + 1);

  /** A write that fails for good is tried that often. */
  private static final int ATTEMPTS = 5;

  private final FakeSwift server = new FakeSwift();
  private final CloudBackend store = server.open();

  @AfterEach
  void close() {
    store.close();
    server.close();
  }

  private void otherWrites(WriteId id) {
    server.putLong(NAME, id, bytes(3, 10), bytes(4, 10));
  }

  private void assertUnavailable(byte[] bytes, Precondition precondition, String words) {
    assertThatThrownBy(() -> put(store, KEY, bytes, precondition))
        .isInstanceOf(BackendException.Unavailable.class)
        .hasMessageContaining(words);
  }

  @Test
  void aWriteThatIsEarlierByTheClocksIsNotStored() {
    for (int i = 0; i < ATTEMPTS; i++) {
      server.answerWrite(false, 202, () -> {});
    }
    assertUnavailable(SHORT, Precondition.none(), "a later write is there");
    assertThat(server.has(NAME)).isFalse();
  }

  @Test
  void aWriteThatIsEarlierByTheClocksTakesNoSegmentsFromTheLaterOne() {
    var other = WriteId.random();
    otherWrites(other);
    server.answerWrite(false, 412, () -> {});
    for (int i = 0; i < ATTEMPTS; i++) {
      server.answerWrite(false, 202, () -> {});
    }
    assertUnavailable(SHORT, Precondition.none(), "a later write is there");
    assertThat(server.segments(other.text())).isEqualTo(2);
  }

  @Test
  void segmentsStayIfAnEarlierAttemptMayHaveMadeThemVisible() {
    server.answerWrite(true, FakeSwift.LOST, () -> otherWrites(WriteId.random()));
    assertThatThrownBy(() -> put(store, KEY, LONG, Precondition.absent()))
        .isInstanceOf(BackendException.class);
    assertThat(server.segments("")).isEqualTo(4);
  }

  @Test
  void segmentsStayIfSomeCopiesMayHaveBeenWrittenByABusyProxy() {
    server.answerWrite(true, 503, "Retry-After", "100");
    assertThatThrownBy(() -> put(store, KEY, LONG)).isInstanceOf(BackendException.Throttled.class);
    assertThat(server.isWhole(NAME)).isTrue();
  }

  @Test
  void aManifestThatArrivedUnheardIsNotSentAgainOverALaterWrite() {
    otherWrites(WriteId.random());
    var other = WriteId.random();
    server.answerWrite(false, 412, () -> {});
    server.answerWrite(true, FakeSwift.LOST, () -> otherWrites(other));
    assertUnavailable(LONG, Precondition.none(), "an answer was lost");
    assertThat(server.written()).isEqualTo(2);
    assertThat(server.isWhole(NAME)).isTrue();
  }

  @Test
  void aManifestThatArrivedUnheardIsKnownAgain() {
    var old = WriteId.random();
    otherWrites(old);
    server.answerWrite(false, 412, () -> {});
    server.answerWrite(true, FakeSwift.LOST, () -> {});
    put(store, KEY, LONG);
    assertThat(server.written()).isEqualTo(2);
    assertThat(server.isWhole(NAME)).isTrue();
    assertThat(server.segments(old.text())).isZero();
  }

  @Test
  void aManifestThatDidNotArriveIsSentAgain() {
    var old = WriteId.random();
    otherWrites(old);
    server.answerWrite(false, 412, () -> {});
    server.answerWrite(false, 503, () -> {});
    put(store, KEY, LONG);
    assertThat(server.written()).isEqualTo(3);
    assertThat(server.isWhole(NAME)).isTrue();
    assertThat(server.segments(old.text())).isZero();
  }

  @Test
  void segmentsOfWhatCameBackMeanwhileAreKept() {
    var other = WriteId.random();
    otherWrites(other);
    server.answerWrite(false, 412, () -> {});
    server.answerWrite(true, 201, () -> otherWrites(other));
    put(store, KEY, SHORT);
    assertThat(server.isWhole(NAME)).isTrue();
  }

  @Test
  void aRefusalAfterALostAnswerIsNoDefiniteOne() {
    server.answerWrite(true, FakeSwift.LOST, () -> otherWrites(WriteId.random()));
    assertUnavailable(SHORT, Precondition.absent(), "an answer was lost");
  }

  @Test
  void anObjectWithoutOneOfItsSegmentsIsCorrupt() {
    otherWrites(WriteId.random());
    server.answerRead(409);
    assertThatThrownBy(() -> read(store, KEY))
        .isInstanceOf(BackendException.Corrupt.class)
        .hasMessageContaining("a segment is missing");
  }

  @Test
  void aContainerThatWasSeenIsNotBelievedForEver() {
    var now = new AtomicLong();
    var login = new LoginV1(server.authUrl(), "me", Secret.of("key"), Optional.empty());
    try (var calls = new Calls("test", login)) {
      var probe = new SwiftProbe(calls, new Places("c", "c_segments", ""), now::get);
      probe.requireContainer(Operation.GET, soon());
      server.removeContainer();
      probe.requireContainer(Operation.GET, soon());
      now.addAndGet(Duration.ofSeconds(60).toNanos());
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> probe.requireContainer(Operation.GET, soon()))
            .isInstanceOf(BackendException.AccessDenied.class)
            .hasMessageContaining("does not exist");
      }
    }
  }

  @Test
  void aRefusalAfterBeingThrottledIsADefiniteOne() {
    otherWrites(WriteId.random());
    server.answerWrite(false, 429, "Retry-After", "0");
    assertThatThrownBy(() -> put(store, KEY, SHORT, Precondition.absent()))
        .isInstanceOf(BackendException.PreconditionFailed.class);
  }
}
