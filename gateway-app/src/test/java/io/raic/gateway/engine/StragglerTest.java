package io.raic.gateway.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.raic.cloud.Operation;
import io.raic.cloud.memory.Fault;
import io.raic.cloud.memory.MemoryBackend;
import io.raic.gateway.grid.Shortfall;
import io.raic.gateway.grid.Store;
import io.raic.gateway.repair.Mender;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of the shares that an acknowledged upload did not wait for. */
class StragglerTest {
  /** Its shares are kept until they are stored. */
  private static final byte[] SHORT = Clouds.data(1, 2500);

  private static final byte[] LONG = Clouds.data(2, 20 * Clouds.SEGMENT_BYTES + 5);

  /** The store that goes wrong. */
  private static final int BAD = 2;

  @TempDir private Path directory;
  private Clouds clouds;

  @BeforeEach
  void open() throws IOException {
    clouds = Clouds.five(directory);
  }

  @AfterEach
  void close() {
    clouds.close();
  }

  private static byte[] file(boolean isLong) {
    return isLong ? LONG : SHORT;
  }

  /** Waits for what goes on in the background, then returns what a gateway finds that starts. */
  private Set<Integer> missingAfterRestart() throws IOException {
    clouds.close();
    try (var again = Clouds.five(directory)) {
      return again.grid().shortfalls().stream()
          .flatMap(shortfall -> shortfall.shares().stream())
          .collect(Collectors.toSet());
    }
  }

  private Set<Integer> stored() {
    return clouds.objects().keySet().stream()
        .map(name -> Integer.valueOf(name.replaceAll(".*/", "")))
        .collect(Collectors.toSet());
  }

  @ParameterizedTest
  @CsvSource({
    "BEGIN, true",
    "WRITE, true",
    "COMMIT, true",
    "BEGIN, false",
    "WRITE, false",
    "COMMIT, false"
  })
  void anUploadIsAnsweredWithoutAStoreThatHangs(Operation operation, boolean isLong)
      throws IOException {
    clouds.store(BAD).faults().set(operation, new Fault.Hang());
    var stored = Clouds.shared(clouds.upload(file(isLong), true));
    assertThat(stored.shares()).isEqualTo(4);
    assertThat(clouds.get(stored.capability())).isEqualTo(file(isLong));
    assertThat(clouds.grid().shortfalls())
        .singleElement()
        .satisfies(shortfall -> assertThat(shortfall.stores()).containsExactly("store-2"))
        .extracting(Shortfall::cap)
        .isEqualTo(stored.capability().verifyCap());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aStragglerIsFinishedAfterTheAnswer(boolean isLong) throws IOException {
    var gate = new CountDownLatch(1);
    clouds.store(BAD).faults().set(Operation.COMMIT, new Fault.Hold(gate));
    assertThat(Clouds.shared(clouds.upload(file(isLong), true)).shares()).isEqualTo(4);
    assertThat(clouds.grid().shortfalls()).hasSize(1);
    gate.countDown();
    assertThat(missingAfterRestart()).isEmpty();
    assertThat(stored()).hasSize(5);
  }

  @Test
  void whatIsMissingAtTheAnswerIsKnownAfterACrash() throws IOException {
    clouds.store(BAD).faults().set(Operation.COMMIT, new Fault.Hang());
    var cap = clouds.put(LONG);
    // Another process would read the same file; this one is as if it were not there any more.
    try (var again = Clouds.five(directory)) {
      assertThat(again.grid().shortfalls())
          .extracting(Shortfall::cap)
          .containsExactly(cap.verifyCap());
    }
  }

  @Test
  void aShortShareOfAStragglerThatFailsGoesToAnotherStore() throws IOException {
    var gate = new CountDownLatch(1);
    clouds.store(BAD).faults().set(Operation.COMMIT, new Fault.Hold(gate), Fault.unavailable());
    assertThat(Clouds.shared(clouds.upload(SHORT, true)).shares()).isEqualTo(4);
    gate.countDown();
    assertThat(missingAfterRestart()).isEmpty();
    assertThat(stored()).hasSize(5);
    assertThat(clouds.store(BAD).objects().keys()).isEmpty();
  }

  @Test
  void aShortShareOfAStoreThatHangsGoesToAnotherWhichGetsTimeOfItsOwn(@TempDir Path elsewhere)
      throws Exception {
    var done = new CountDownLatch(10);
    try (var guarded =
        Clouds.guarded(
            elsewhere,
            driver -> ObservedCommits.of(driver, driver.id().equals("store-2"), done::countDown))) {
      // The first makes the store suspect, so that the second is answered at once.
      assertThat(Clouds.shared(guarded.upload(SHORT, true)).shares()).isEqualTo(4);
      assertThat(Clouds.shared(guarded.upload(SHORT, true)).shares()).isEqualTo(4);
      assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(guarded.objects()).hasSize(10);
    }
  }

  @ParameterizedTest
  @CsvSource({"BEGIN", "WRITE", "COMMIT"})
  void aShortShareThatAStoreRefusesGoesToAnotherBeforeTheAnswer(Operation operation)
      throws IOException {
    clouds.store(BAD).faults().set(operation, Fault.unavailable());
    assertThat(Clouds.shared(clouds.upload(SHORT, true)).shares()).isEqualTo(5);
    assertThat(clouds.grid().shortfalls()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void aShortShareThatFoundNoStoreAtFirstTakesThePlaceOfOneThatWasRefused(
      long seed, @TempDir Path elsewhere) throws IOException {
    // An operator may have one share, so the one of the silent store has no place.
    var stores =
        Stream.of("p 1", "p 2", "q 3", "r 4", "s 5", "t 6")
            .map(name -> new Store(name.substring(0, 1), new MemoryBackend("on-" + name.charAt(2))))
            .toList();
    try (var six = Clouds.over(elsewhere, 2, 5, 4, stores)) {
      six.store(0).faults().set(Operation.BEGIN, Fault.unavailable());
      six.store(5).faults().set(Operation.LIST, Fault.unavailable());
      var stored = Clouds.shared(six.upload(Clouds.data(seed, 2500), false));
      assertThat(stored.shares()).isEqualTo(4);
      assertThat(six.get(stored.capability())).isEqualTo(Clouds.data(seed, 2500));
    }
  }

  @Test
  void aLongShareThatFailsAfterTheAnswerIsLeftToRepair() throws IOException {
    var gate = new CountDownLatch(1);
    clouds.store(BAD).faults().set(Operation.COMMIT, new Fault.Hold(gate), Fault.unavailable());
    clouds.put(LONG);
    gate.countDown();
    assertThat(missingAfterRestart()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theSameFileIsStoredAgainWithoutWaitingForItsStraggler(boolean isLong) throws IOException {
    clouds.store(BAD).faults().next(Operation.COMMIT, 1, new Fault.Hold(new CountDownLatch(1)));
    assertThat(Clouds.shared(clouds.upload(file(isLong), false)).shares()).isEqualTo(4);
    assertThat(Clouds.shared(clouds.upload(file(isLong), false)).shares()).isEqualTo(5);
    assertThat(clouds.grid().shortfalls()).isEmpty();
    assertThat(clouds.objects()).hasSize(5);
  }

  @Test
  void aRepairDoesNotWaitForAStraggler() throws IOException {
    clouds.store(BAD).faults().next(Operation.COMMIT, 1, new Fault.Hold(new CountDownLatch(1)));
    var cap = clouds.put(LONG).verifyCap();
    assertThat(clouds.repairer().repair(cap, true).successful()).isTrue();
    assertThat(clouds.grid().shortfalls()).isEmpty();
  }

  @Test
  void aSurveyDoesNotWaitForAStoreThatHangs() throws IOException {
    clouds.store(BAD).faults().set(Operation.LIST, new Fault.Hang());
    var stored = Clouds.shared(clouds.upload(LONG, false));
    assertThat(stored.shares()).isEqualTo(5);
    // Nobody knows what it holds.
    assertThat(clouds.store(BAD).objects().keys()).isEmpty();
  }

  private int mend() throws InterruptedException {
    return new Mender(clouds.grid(), clouds.repairer(), clouds.budget(), clouds.grid().scheduler())
        .mend();
  }

  @Test
  void whatIsMissingIsMendedOnceTheStoreWorksAgain() throws Exception {
    clouds.store(BAD).faults().setAll(Fault.unavailable());
    clouds.store(BAD).faults().clear(Operation.BEGIN);
    var cap = clouds.put(LONG).verifyCap();
    assertThat(clouds.grid().shortfalls()).hasSize(1);
    assertThat(mend()).isEqualTo(1);
    assertThat(clouds.store(BAD).calls().count(Operation.PROBE)).isEqualTo(1);
    assertThat(clouds.store(0).calls().count(Operation.LIST)).isZero();
    clouds.store(BAD).faults().clear();
    assertThat(mend()).isZero();
    assertThat(clouds.repairer().check(cap, true).healthy()).isTrue();
    assertThat(missingAfterRestart()).isEmpty();
  }

  @Test
  void aShareWhoseStoreOnlyDidNotSaySoIsFoundThere() throws Exception {
    clouds.store(BAD).faults().set(Operation.COMMIT, new Fault.LostAck());
    assertThat(Clouds.shared(clouds.upload(LONG, true)).shares()).isEqualTo(4);
    assertThat(clouds.grid().shortfalls()).hasSize(1);
    assertThat(mend()).isZero();
    assertThat(clouds.objects()).hasSize(5);
  }

  @Test
  void aFileThatIsLostIsGivenUpOnceAllStoresSaySo() throws Exception {
    clouds.store(BAD).faults().set(Operation.COMMIT, Fault.unavailable());
    clouds.put(LONG);
    clouds.stores().forEach(store -> store.objects().clear());
    clouds.store(BAD).faults().clear();
    clouds.store(0).faults().set(Operation.LIST, Fault.unavailable());
    assertThat(mend()).isEqualTo(1);
    clouds.store(0).faults().clear();
    assertThat(mend()).isZero();
  }

  @Test
  void nothingIsMendedWhileTransfersNeedTheMemory() throws Exception {
    clouds.store(BAD).faults().set(Operation.COMMIT, Fault.unavailable());
    clouds.put(LONG);
    clouds.store(BAD).faults().clear();
    try (var _ = clouds.budget().take(40 << 20)) {
      assertThat(mend()).isEqualTo(1);
    }
    assertThat(mend()).isZero();
  }
}
