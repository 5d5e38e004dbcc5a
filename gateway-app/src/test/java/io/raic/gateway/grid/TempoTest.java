package io.raic.gateway.grid;

import static org.assertj.core.api.Assertions.assertThat;

import io.raic.cloud.memory.MemoryBackend;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TempoTest {
  private static final Duration UNKNOWN = Duration.ofMillis(500);

  private final HandClock clock = new HandClock();
  private final Tempo tempo = new Tempo(UNKNOWN, clock);

  private static long millis(long count) {
    return Duration.ofMillis(count).toNanos();
  }

  private void answerTimes(int times, long millis) {
    for (int i = 0; i < times; i++) {
      tempo.answered(Tempo.Wait.FIRST_BYTE, millis(millis));
    }
  }

  @Test
  void aStoreOfWhichNothingIsKnownIsExpectedAtOnceAndLateAfterWhatWasTold() {
    assertThat(tempo.expectedNanos(1 << 20)).isZero();
    assertThat(tempo.lateNanos(1 << 20)).isEqualTo(UNKNOWN.toNanos());
  }

  @Test
  void whatIsLateFollowsFromWhatIsUsualAndIsNeverLessThanTheFloor() {
    answerTimes(64, 1);
    assertThat(tempo.lateNanos(0)).isEqualTo(Tempo.FLOOR.toNanos());
    answerTimes(64, 200);
    assertThat(tempo.lateNanos(0)).isEqualTo(millis(250));
  }

  @Test
  void oneAnswerOfTwentyMayTakeLonger() {
    answerTimes(61, 100);
    answerTimes(3, 900);
    assertThat(tempo.lateNanos(0)).isEqualTo(millis(125));
  }

  @Test
  void moreBytesMayTakeLonger() {
    answerTimes(8, 100);
    tempo.moved(1000, millis(10));
    assertThat(tempo.lateNanos(5000)).isEqualTo(millis(225));
    assertThat(tempo.expectedNanos(5000)).isEqualTo(millis(150));
  }

  @Test
  void aStoreThatMissedIsSuspectForLongerEachTimeUntilItAnswers() {
    tempo.missed();
    clock.pass(Duration.ofMillis(999));
    assertThat(tempo.isSuspect()).isTrue();
    clock.pass(Duration.ofMillis(1));
    assertThat(tempo.isSuspect()).isFalse();
    assertThat(tempo.isOnProbation()).isTrue();
    tempo.missed();
    clock.pass(Duration.ofMillis(1999));
    assertThat(tempo.isSuspect()).isTrue();
    answerTimes(1, 1);
    assertThat(tempo.isSuspect()).isFalse();
    assertThat(tempo.isOnProbation()).isFalse();
  }

  @Test
  void aStoreThatMissedAWriteIsSuspectToWritesUntilItCommitsOne() {
    tempo.missedWriting();
    tempo.answered(Tempo.Wait.LIST, millis(1));
    assertThat(tempo.isSuspect()).isFalse();
    assertThat(tempo.isOnProbation()).isFalse();
    assertThat(tempo.isSuspectToWrite()).isTrue();
    tempo.answered(Tempo.Wait.COMMIT, millis(1));
    assertThat(tempo.isSuspectToWrite()).isFalse();
  }

  @Test
  void aStoreThatMissedSomethingElseIsSuspectToWritesUntilItAnswers() {
    tempo.missed();
    assertThat(tempo.isSuspectToWrite()).isTrue();
    tempo.answered(Tempo.Wait.LIST, millis(1));
    assertThat(tempo.isSuspectToWrite()).isFalse();
  }

  @Test
  void aSuspicionLastsHalfAMinuteAtMost() {
    for (int i = 0; i < 100; i++) {
      tempo.missed();
      clock.pass(Duration.ofSeconds(30));
      assertThat(tempo.isSuspect()).isFalse();
    }
  }

  @Test
  void whatManyMissAtOnceIsOneMiss() {
    for (int i = 0; i < 100; i++) {
      tempo.missed();
    }
    clock.pass(Duration.ofSeconds(1));
    assertThat(tempo.isSuspect()).isFalse();
  }

  @Test
  void thatItWasLateLongAgoSaysNothing() {
    answerTimes(1, 600);
    assertThat(tempo.wasLate()).isTrue();
    clock.pass(Duration.ofSeconds(2));
    assertThat(tempo.wasLate()).isFalse();
  }

  @Test
  void mostAreLateIfMoreThanHalfOfThoseThatAnswerAre() {
    var stores =
        List.of("a", "b", "c", "d").stream()
            .map(id -> new Store(id, new MemoryBackend(id)))
            .toList();
    var tempos = new Tempos(stores.stream().map(Store::id).toList(), UNKNOWN, clock);
    tempos.of(stores.get(0)).answered(Tempo.Wait.FIRST_BYTE, millis(600));
    tempos.of(stores.get(1)).answered(Tempo.Wait.FIRST_BYTE, millis(600));
    assertThat(tempos.mostAreLate()).isFalse();
    tempos.of(stores.get(2)).missed();
    assertThat(tempos.mostAreLate()).isTrue();
    tempos.of(stores.get(2)).answered(Tempo.Wait.FIRST_BYTE, millis(400));
    assertThat(tempos.mostAreLate()).isFalse();
  }
}
