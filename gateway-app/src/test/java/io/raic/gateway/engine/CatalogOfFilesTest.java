package io.raic.gateway.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.raic.cloud.Operation;
import io.raic.cloud.memory.Fault;
import io.raic.crypto.capability.ReadCap;
import io.raic.gateway.catalog.Amount;
import io.raic.gateway.catalog.Catalog;
import io.raic.gateway.catalog.Checker;
import io.raic.gateway.catalog.Rebuild;
import io.raic.gateway.catalog.Recorder;
import io.raic.gateway.catalog.Redundancy;
import io.raic.gateway.catalog.ShareResult;
import io.raic.gateway.catalog.Sighting;
import io.raic.gateway.grid.Store;
import io.raic.gateway.schedule.VirtualThreads;
import io.raic.gateway.state.Database;
import io.raic.gateway.state.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The catalog beside the engine that it listens to. */
class CatalogOfFilesTest {
  private static final int SIZE = 20_000;

  /** So long that a busy machine does not run into it. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path directory;

  private static Rebuild rebuild(Database database, Clouds clouds) {
    return rebuild(database, clouds, InstantSource.system());
  }

  /** One whose clock is ahead by {@code minutes}: it passes over what was seen in the last two. */
  private static Rebuild rebuild(Database database, Clouds clouds, int minutes) {
    var ahead = Duration.ofMinutes(minutes);
    return rebuild(database, clouds, InstantSource.offset(InstantSource.system(), ahead));
  }

  private static Rebuild rebuild(Database database, Clouds clouds, InstantSource clock) {
    return new Rebuild(
        database,
        clouds.stores().stream().map(store -> new Store(store.id(), store)).toList(),
        Clouds.LIMITS.step(),
        new VirtualThreads(),
        clock);
  }

  private static Recorder recorder(Database database) {
    return new Recorder(database, () -> "somebody", PATIENCE, new VirtualThreads());
  }

  @ParameterizedTest
  @EnumSource
  void aFileIsFullThenDegradedThenFullAgain(TestDatabase kind) throws IOException {
    try (var database = kind.open(directory);
        var recorder = recorder(database);
        var clouds = Clouds.heardBy(directory, recorder)) {
      var catalog = new Catalog(database);
      var cap = clouds.put(Clouds.data(1, SIZE)).verifyCap();
      assertThat(catalog.histogram().of(Redundancy.FULL)).isEqualTo(new Amount(1, SIZE));
      assertThat(catalog.storedBy("somebody")).isEqualTo(new Amount(1, SIZE));
      assertThat(catalog.without("store-1").isSafe()).isTrue();

      clouds.store(1).objects().clear();
      clouds.store(2).objects().clear();
      assertThat(clouds.repairer().check(cap, false).healthy()).isFalse();
      assertThat(catalog.histogram().of(Redundancy.CRITICAL)).isEqualTo(new Amount(1, SIZE));
      assertThat(catalog.held("store-1")).isEqualTo(Amount.NONE);
      assertThat(catalog.without("store-0").lost()).isEqualTo(new Amount(1, SIZE));
      assertThat(catalog.without("store-1").isSafe()).isTrue();

      assertThat(clouds.repairer().repair(cap, false).successful()).isTrue();
      assertThat(catalog.histogram().of(Redundancy.FULL)).isEqualTo(new Amount(1, SIZE));
      assertThat(catalog.file(cap.storageIndex()).orElseThrow().sightings())
          .extracting(Sighting::result)
          .containsOnly(ShareResult.GOOD);
    }
  }

  @Test
  void aSilentStoreHasLostNothing() throws IOException {
    try (var database = TestDatabase.SQLITE.open(directory);
        var recorder = recorder(database);
        var clouds = Clouds.heardBy(directory, recorder)) {
      var cap = clouds.put(Clouds.data(1, SIZE)).verifyCap();
      clouds.store(3).faults().setAll(Fault.unavailable());
      assertThat(clouds.repairer().check(cap, false).healthy()).isFalse();

      assertThat(new Catalog(database).histogram().of(Redundancy.FULL).items()).isEqualTo(1);
    }
  }

  @Test
  void aShareThatIsNotWhatItMustBeIsBad() throws IOException {
    try (var database = TestDatabase.SQLITE.open(directory);
        var recorder = recorder(database);
        var clouds = Clouds.heardBy(directory, recorder)) {
      var cap = clouds.put(Clouds.data(1, SIZE)).verifyCap();
      Clouds.flipAll(clouds.store(3));
      assertThat(clouds.repairer().check(cap, true).healthy()).isFalse();

      var catalog = new Catalog(database);
      assertThat(catalog.histogram().of(Redundancy.DEGRADED).items()).isEqualTo(1);
      assertThat(catalog.file(cap.storageIndex()).orElseThrow().sightings())
          .filteredOn(sighting -> sighting.store().equals("store-3"))
          .extracting(Sighting::result)
          .containsExactly(ShareResult.BAD);
    }
  }

  @Test
  void whatAStoreStoresAfterTheAnswerIsNoted() throws IOException, InterruptedException {
    try (var database = TestDatabase.SQLITE.open(directory);
        var recorder = recorder(database);
        var clouds = Clouds.heardBy(directory, recorder)) {
      var slow = new Fault.Delay(Clouds.LIMITS.grace().plusMillis(300));
      clouds.store(2).faults().set(Operation.COMMIT, slow);
      var cap = clouds.put(Clouds.data(1, 2000)).verifyCap();
      while (clouds.grid().isBusy(cap.storageIndex())) {
        Thread.onSpinWait();
      }
      clouds.store(2).faults().clear();
      // It was told before the file was given back, and what is told is written in order.
      clouds.put(Clouds.data(2, 2000));

      assertThat(new Catalog(database).histogram().of(Redundancy.FULL).items()).isEqualTo(2);
    }
  }

  @Test
  void anUploadSucceedsWithoutADatabase() throws IOException {
    var database = TestDatabase.SQLITE.open(directory);
    try (var recorder = recorder(database);
        var clouds = Clouds.heardBy(directory, recorder)) {
      database.close();
      var data = Clouds.data(1, SIZE);
      var cap = clouds.put(data);

      assertThat(clouds.get(cap)).isEqualTo(data);
      assertThat(recorder.missed()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aCatalogMadeAgainIsTheOneThatWasLost(TestDatabase kind)
      throws IOException, InterruptedException {
    var caps = new ArrayList<ReadCap>();
    try (var lost = kind.open(directory);
        var again = kind.open(directory);
        var recorder = recorder(lost);
        var clouds = Clouds.heardBy(directory, recorder)) {
      for (int i = 0; i < 210; i++) {
        caps.add(clouds.put(Clouds.data(i, i % 50 == 0 ? SIZE : 100 + i)));
      }
      clouds.store(4).objects().clear();
      for (var cap : caps) {
        var _ = clouds.repairer().check(cap.verifyCap(), false);
      }
      clouds.resetCalls();

      var outcome = rebuild(again, clouds).run(true, _ -> {});

      assertThat(outcome.failures()).isEmpty();
      assertThat(outcome.added()).isEqualTo(caps.size());
      assertThat(outcome.unread()).isZero();
      assertThat(outcome.objects()).isEqualTo(4L * caps.size());
      assertThat(clouds.calls(Operation.GET)).isEqualTo(caps.size());
      var before = new Catalog(lost);
      var after = new Catalog(again);
      assertThat(after.histogram()).isEqualTo(before.histogram());
      assertThat(after.held("store-0")).isEqualTo(before.held("store-0"));
      assertThat(after.without("store-1")).isEqualTo(before.without("store-1"));
      for (int i = 0; i < caps.size(); i++) {
        assertThat(places(after, caps.get(i))).isEqualTo(places(before, caps.get(i)));
      }
    }
  }

  private static List<String> places(Catalog catalog, ReadCap cap) {
    var map = catalog.file(cap.storageIndex()).orElseThrow();
    var all = new ArrayList<>(List.of(map.file().cap().reveal()));
    map.sightings().stream()
        .filter(sighting -> sighting.result().isThere())
        .map(s -> "%d %s %d".formatted(s.share(), s.store(), s.bytes()))
        .forEach(all::add);
    return all;
  }

  @Test
  void whatNoStoreListsIsLostOnceAllHaveListedEverything()
      throws IOException, InterruptedException {
    try (var database = TestDatabase.SQLITE.open(directory);
        var recorder = recorder(database);
        var clouds = Clouds.heardBy(directory, recorder)) {
      var cap = clouds.put(Clouds.data(1, SIZE));
      var stored = new Catalog(database).file(cap.storageIndex()).orElseThrow().file();
      clouds.stores().forEach(store -> store.objects().clear());
      clouds.store(0).faults().set(Operation.LIST, Fault.unavailable());
      clouds.store(1).faults().set(Operation.LIST, Fault.unavailable());
      clouds.store(2).faults().set(Operation.LIST, Fault.unavailable());
      var catalog = new Catalog(database);

      assertThat(rebuild(database, clouds, 3).run(true, _ -> {}).failures()).hasSize(3);
      assertThat(catalog.histogram().of(Redundancy.CRITICAL).items()).isEqualTo(1);

      clouds.stores().forEach(store -> store.faults().clear());
      assertThat(rebuild(database, clouds, 6).run(true, _ -> {}).gone()).isEqualTo(1);
      assertThat(catalog.histogram().of(Redundancy.LOST).items()).isEqualTo(1);
      var file = catalog.file(cap.storageIndex()).orElseThrow().file();
      assertThat(file.storedAt()).isEqualTo(stored.storedAt());
      assertThat(file.token()).isEqualTo("somebody");
    }
  }

  @Test
  void whatAGatewayStoresIsNotGoneIfItsClockIsBehind() throws IOException, InterruptedException {
    try (var database = TestDatabase.SQLITE.open(directory);
        var recorder = recorder(database);
        var clouds = Clouds.heardBy(directory, recorder)) {
      clouds.put(Clouds.data(1, SIZE));
      // As if it had been stored after all was listed.
      clouds.stores().forEach(store -> store.objects().clear());

      var outcome = rebuild(database, clouds, 1).run(true, _ -> {});
      assertThat(outcome.gone()).isZero();
      assertThat(new Catalog(database).histogram().of(Redundancy.FULL).items()).isEqualTo(1);
    }
  }

  @Test
  void tooFewSharesForAFileAreAddedOnlyIfAStoreMayHaveTheOthers()
      throws IOException, InterruptedException {
    try (var database = TestDatabase.SQLITE.open(directory);
        var clouds = Clouds.five(directory)) {
      clouds.put(Clouds.data(1, SIZE));
      IntStream.range(0, 3).forEach(i -> clouds.store(i).objects().clear());
      var catalog = new Catalog(database);

      var outcome = rebuild(database, clouds).run(true, _ -> {});
      assertThat(outcome.leftovers()).isEqualTo(1);
      assertThat(outcome.added()).isZero();
      assertThat(catalog.histogram().bins()).isEmpty();

      clouds.store(0).faults().set(Operation.LIST, Fault.unavailable());
      outcome = rebuild(database, clouds).run(true, _ -> {});
      assertThat(outcome.leftovers()).isZero();
      assertThat(catalog.histogram().of(Redundancy.LOST).items()).isEqualTo(1);
    }
  }

  @Test
  void aShareThatIsNotGivenIsAsItWas() throws IOException {
    try (var database = TestDatabase.SQLITE.open(directory);
        var recorder = recorder(database);
        var clouds = Clouds.heardBy(directory, recorder)) {
      var cap = clouds.put(Clouds.data(1, SIZE)).verifyCap();
      var catalog = new Catalog(database);
      var stored = catalog.file(cap.storageIndex()).orElseThrow().file();
      clouds.stores().forEach(store -> store.faults().set(Operation.GET, Fault.unavailable()));
      assertThat(clouds.repairer().check(cap, false).healthy()).isFalse();

      assertThat(catalog.histogram().of(Redundancy.FULL).items()).isEqualTo(1);
      assertThat(catalog.file(cap.storageIndex()).orElseThrow().file().checkedAt())
          .isEqualTo(stored.checkedAt());
    }
  }

  @Test
  void withoutReadingOnlyKnownFilesAreNoted() throws IOException, InterruptedException {
    try (var database = TestDatabase.SQLITE.open(directory);
        var clouds = Clouds.five(directory)) {
      clouds.put(Clouds.data(1, SIZE));
      clouds.resetCalls();
      var outcome = rebuild(database, clouds).run(false, _ -> {});

      assertThat(outcome.unread()).isEqualTo(1);
      assertThat(outcome.added()).isZero();
      assertThat(clouds.calls(Operation.GET)).isZero();
    }
  }

  private static Checker checker(Clouds clouds, Catalog catalog, InstantSource clock) {
    return new Checker(
        catalog, clouds.repairer(), clouds.budget(), Duration.ofDays(30), 60 * 3, clock);
  }

  @Test
  void whatNobodyHasCheckedForLongIsCheckedSoManyAtATime() throws IOException {
    try (var database = TestDatabase.SQLITE.open(directory);
        var recorder = recorder(database);
        var clouds = Clouds.heardBy(directory, recorder)) {
      for (int i = 0; i < 5; i++) {
        clouds.put(Clouds.data(i, SIZE));
      }
      clouds.store(2).objects().clear();
      var catalog = new Catalog(database);
      var later = InstantSource.offset(InstantSource.system(), Duration.ofDays(31));

      checker(clouds, catalog, InstantSource.system()).run(() -> false);
      assertThat(catalog.histogram().of(Redundancy.FULL).items()).isEqualTo(5);
      checker(clouds, catalog, later).run(() -> true);
      assertThat(catalog.histogram().of(Redundancy.FULL).items()).isEqualTo(5);

      var checker = checker(clouds, catalog, later);
      checker.run(() -> false);
      assertThat(catalog.histogram().of(Redundancy.DEGRADED).items()).isEqualTo(3);
      checker.run(() -> false);
      assertThat(catalog.histogram().of(Redundancy.DEGRADED).items()).isEqualTo(5);
    }
  }
}
