package io.raic.gateway.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.raic.crypto.bytes.Bytes;
import io.raic.crypto.capability.StorageIndex;
import io.raic.crypto.capability.VerifyCap;
import io.raic.gateway.state.Database;
import io.raic.gateway.state.TestDatabase;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class CatalogTest {
  private static final List<String> STORES = List.of("a", "b", "c", "d", "e");
  private static final Instant START = Instant.ofEpochSecond(1_700_000_000);

  @TempDir private Path directory;

  static Stream<Arguments> runs() {
    return Stream.of(TestDatabase.values())
        .flatMap(kind -> IntStream.rangeClosed(1, 12).mapToObj(seed -> Arguments.of(kind, seed)));
  }

  private static VerifyCap cap(int number) {
    byte[] index = new byte[StorageIndex.LENGTH];
    index[0] = (byte) (number * 37);
    index[15] = (byte) number;
    int needed = number % 3 == 0 ? 2 : 3;
    return new VerifyCap(
        new StorageIndex(Bytes.copyOf(index)), Bytes.copyOf(new byte[32]), needed, 5, 100 + number);
  }

  private static Observation random(RandomGenerator random, int files, Instant at) {
    var cap = cap(random.nextInt(files));
    var results =
        List.of(ShareResult.GOOD, ShareResult.GOOD, ShareResult.BAD, ShareResult.UNREADABLE);
    int kind = random.nextInt(4);
    var seen = new ArrayList<Observation.Seen>();
    for (int share = 0; share < 5; share++) {
      for (String store : STORES) {
        if (random.nextInt(4) == 0) {
          var result =
              switch (kind) {
                case 0, 1 -> ShareResult.GOOD;
                case 2 -> results.get(random.nextInt(results.size()));
                default -> ShareResult.LISTED;
              };
          seen.add(new Observation.Seen(share, store, 50, result, true));
        }
      }
    }
    Set<String> silent =
        STORES.stream().filter(_ -> random.nextInt(4) == 0).collect(Collectors.toSet());
    var heard = seen.stream().filter(s -> kind < 2 || !silent.contains(s.store())).toList();
    Observation.Way way =
        switch (kind) {
          case 0 -> new Observation.Way.Stored("t" + random.nextInt(3), true);
          case 1 -> new Observation.Way.Stored("", false);
          case 2 -> new Observation.Way.Checked();
          default -> new Observation.Way.Listed();
        };
    return new Observation(cap.storageIndex(), Optional.of(cap), way, at, at, silent, heard);
  }

  @ParameterizedTest
  @MethodSource("runs")
  void whateverIsObservedTheSumsAreThoseOfTheRows(TestDatabase kind, int seed) {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    var model = new ModelCatalog();
    try (var database = kind.open(directory)) {
      var writer = new CatalogWriter(database);
      int time = 0;
      for (int i = 0; i < 2 * seed; i++) {
        var batch = new ArrayList<Observation>();
        for (int j = random.nextInt(1, 2 + seed); j > 0; j--) {
          batch.add(random(random, 3 * seed, START.plusSeconds(++time)));
        }
        writer.write(batch);
        batch.forEach(model::learn);
      }
      requireSame(new Catalog(database), model, seed);
    }
  }

  private static void requireSame(Catalog catalog, ModelCatalog model, int seed) {
    var bins = new TreeMap<String, Amount>();
    catalog
        .histogram()
        .bins()
        .forEach(bin ->
            bins.put("%d/%d/%d".formatted(bin.needed(), bin.total(), bin.good()), bin.files()));
    assertThat(bins).isEqualTo(model.bins());
    for (String store : STORES) {
      assertThat(catalog.without(store)).as(store).isEqualTo(model.without(store));
      assertThat(catalog.held(store))
          .isEqualTo(new Amount(model.held(store), 50 * model.held(store)));
    }
    for (int token = 0; token < 3; token++) {
      assertThat(catalog.storedBy("t" + token)).isEqualTo(model.storedBy("t" + token));
    }
    int page = 1 + seed % 4;
    assertThat(names(catalog, Optional.empty(), page)).isEqualTo(model.names());
    for (var kind : Redundancy.values()) {
      assertThat(names(catalog, Optional.of(kind), page)).isEqualTo(model.names(kind));
    }
    for (String name : model.names()) {
      var map = catalog.file(StorageIndex.parse(name)).orElseThrow();
      Map<String, ShareResult> shares = new TreeMap<>();
      map.sightings()
          .forEach(s -> shares.put(ModelCatalog.place(s.share(), s.store()), s.result()));
      assertThat(shares).isEqualTo(model.shares(name));
    }
  }

  private static List<String> names(Catalog catalog, Optional<Redundancy> only, int page) {
    var names = new ArrayList<String>();
    Optional<StorageIndex> after = Optional.empty();
    while (true) {
      var some = catalog.files(after, page, only);
      if (some.isEmpty()) {
        return names;
      }
      some.forEach(file -> names.add(file.cap().storageIndex().text()));
      after = Optional.of(some.getLast().cap().storageIndex());
    }
  }

  private static Observation stored(VerifyCap cap, Instant at, int shares) {
    var seen =
        IntStream.range(0, shares)
            .mapToObj(i -> new Observation.Seen(i, STORES.get(i), 50, ShareResult.GOOD, true))
            .toList();
    return new Observation(
        cap.storageIndex(),
        Optional.of(cap),
        new Observation.Way.Stored("t", true),
        at,
        at,
        Set.of(),
        seen);
  }

  private static Observation checked(VerifyCap cap, Instant since, List<Observation.Seen> seen) {
    return new Observation(
        cap.storageIndex(),
        Optional.of(cap),
        new Observation.Way.Checked(),
        since,
        since.plusSeconds(10),
        Set.of(),
        seen);
  }

  private interface Body {
    void run(CatalogWriter writer, Catalog catalog);
  }

  private void with(TestDatabase kind, Body body) {
    try (Database database = kind.open(directory)) {
      body.run(new CatalogWriter(database), new Catalog(database));
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatWasStoredWhileACheckWentOnIsNotTakenForMissing(TestDatabase kind) {
    with(
        kind,
        (writer, catalog) -> {
          writer.write(List.of(stored(cap(1), START.plusSeconds(5), 5)));
          writer.write(List.of(checked(cap(1), START, List.of())));

          assertThat(catalog.histogram().of(Redundancy.FULL).items()).isEqualTo(1);
        });
  }

  @ParameterizedTest
  @EnumSource
  void aCapabilityThatSomebodyMadeUpChangesNothing(TestDatabase kind) {
    with(
        kind,
        (writer, catalog) -> {
          var right = cap(1);
          byte[] other = new byte[32];
          other[0] = 1;
          var wrong = new VerifyCap(right.storageIndex(), Bytes.copyOf(other), 3, 5, right.size());
          var bad =
              IntStream.range(0, 5)
                  .mapToObj(i -> new Observation.Seen(i, STORES.get(i), 50, ShareResult.BAD, true))
                  .toList();
          writer.write(List.of(stored(right, START, 5)));
          writer.write(
              List.of(
                  checked(wrong, START.plusSeconds(9), bad),
                  checked(cap(2), START.plusSeconds(9), List.of())));

          assertThat(catalog.histogram().bins())
              .containsExactly(new Histogram.Bin(3, 5, 5, new Amount(1, right.size())));
          assertThat(catalog.file(right.storageIndex()).orElseThrow().file().cap())
              .isEqualTo(right);
        });
  }

  @ParameterizedTest
  @EnumSource
  void aFileKeepsWhenAndByWhomItWasStored(TestDatabase kind) {
    with(
        kind,
        (writer, catalog) -> {
          writer.write(List.of(stored(cap(1), START, 4)));
          writer.write(List.of(stored(cap(1), START.plusSeconds(50), 5)));

          var file = catalog.file(cap(1).storageIndex()).orElseThrow().file();
          assertThat(file.storedAt()).contains(START);
          assertThat(file.checkedAt()).contains(START.plusSeconds(50));
          assertThat(file.token()).isEqualTo("t");
          assertThat(file.goodShares()).isEqualTo(5);
          assertThat(catalog.uncheckedSince(START.plusSeconds(51), Optional.empty(), 9)).hasSize(1);
          assertThat(catalog.uncheckedSince(START.plusSeconds(51), Optional.of(file), 9)).isEmpty();
          assertThat(catalog.uncheckedSince(START.plusSeconds(50), Optional.empty(), 9)).isEmpty();
        });
  }

  @ParameterizedTest
  @EnumSource
  void aFileThatIsRemovedCountsNowhere(TestDatabase kind) {
    with(
        kind,
        (writer, catalog) -> {
          writer.write(List.of(stored(cap(1), START, 5), stored(cap(2), START, 2)));

          assertThat(writer.remove(cap(1).storageIndex(), true))
              .isEqualTo(Removal.Outcome.NOT_LOST);
          assertThat(writer.remove(cap(2).storageIndex(), true)).isEqualTo(Removal.Outcome.REMOVED);
          assertThat(writer.remove(cap(2).storageIndex(), true)).isEqualTo(Removal.Outcome.UNKNOWN);
          assertThat(catalog.histogram().bins())
              .containsExactly(new Histogram.Bin(3, 5, 5, new Amount(1, cap(1).size())));
          assertThat(catalog.held("a")).isEqualTo(new Amount(1, 50));

          assertThat(writer.remove(cap(1).storageIndex(), false))
              .isEqualTo(Removal.Outcome.REMOVED);
          assertThat(catalog.histogram().bins()).isEmpty();
          assertThat(catalog.held("a")).isEqualTo(Amount.NONE);
          assertThat(catalog.storedBy("t")).isEqualTo(Amount.NONE);
          assertThat(catalog.file(cap(1).storageIndex())).isEmpty();
        });
  }

  @ParameterizedTest
  @EnumSource
  void whatIsAskedOfAnEmptyCatalogIsNothing(TestDatabase kind) {
    with(
        kind,
        (_, catalog) -> {
          assertThat(catalog.histogram().bins()).isEmpty();
          assertThat(catalog.without("a").isSafe()).isTrue();
          assertThat(catalog.held("a")).isEqualTo(Amount.NONE);
          assertThat(catalog.file(cap(1).storageIndex())).isEmpty();
          assertThat(catalog.stores()).isEmpty();
        });
  }
}
