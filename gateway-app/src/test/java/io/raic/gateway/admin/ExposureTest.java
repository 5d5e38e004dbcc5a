package io.raic.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.raic.gateway.grid.Holdings;
import io.raic.gateway.grid.Placement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExposureTest {
  private static final Map<String, String> FIVE =
      Map.of("a", "A", "b", "B", "c", "C", "d", "D", "e", "E");

  @Test
  void anyThreeOfFiveProvidersCouldRebuildAFileThatWasStoredAsUsual() {
    var exposure = exposure(Placement.forNewFiles(3, 5, 5, FIVE));

    assertThat(exposure.couldRebuild(Set.of("a", "b"))).isFalse();
    assertThat(exposure.couldRebuild(Set.of("a", "b", "c"))).isTrue();
    assertThat(exposure.couldDestroy(Set.of("a", "b"))).isFalse();
    assertThat(exposure.couldDestroy(Set.of("a", "b", "c"))).isTrue();
  }

  @Test
  void aFileWithFewerSharesIsDestroyedByFewerProviders() {
    var exposure = exposure(Placement.forNewFiles(3, 5, 4, FIVE));

    assertThat(exposure.couldDestroy(Set.of("a"))).isFalse();
    assertThat(exposure.couldDestroy(Set.of("a", "b"))).isTrue();
  }

  /** Every way to put shares to stores, held against the rules that uploads are held against. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void itIsWhatTryingEveryPlacementFinds(long seed) {
    var rules = randomRules(new Random(seed));
    var exposure = exposure(rules);
    var safe = safePlacements(rules);
    assertThat(safe).isNotEmpty();

    for (var stores : subsets(new ArrayList<>(new TreeSet<>(rules.operators().keySet())))) {
      assertThat(exposure.couldRebuild(stores))
          .describedAs("%s: rebuild by %s", rules, stores)
          .isEqualTo(safe.stream().anyMatch(h -> h.sharesOn(stores) >= rules.needed()));
      assertThat(exposure.couldDestroy(stores))
          .describedAs("%s: destroy by %s", rules, stores)
          .isEqualTo(safe.stream().anyMatch(h -> h.sharesWithout(stores) < rules.needed()));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void theSmallestSetsAreAllThatCanAndHoldNoSmallerOne(long seed) {
    var random = new Random(seed);
    var names = IntStream.range(0, 1 + random.nextInt(6)).mapToObj(i -> "p" + i).toList();
    var parties = new TreeMap<String, Set<String>>();
    names.forEach(name -> parties.put(name, Set.of(name)));
    var seeds =
        subsets(names).stream().filter(s -> !s.isEmpty() && random.nextInt(5) == 0).toList();

    var found = Exposure.smallest(parties, stores -> seeds.stream().anyMatch(stores::containsAll));

    var wanted =
        seeds.stream()
            .filter(s -> seeds.stream().noneMatch(o -> !o.equals(s) && s.containsAll(o)))
            .toList();
    assertThat(found.isComplete()).isTrue();
    assertThat(found.sets()).containsExactlyInAnyOrderElementsOf(wanted);
  }

  @Test
  void tooManySetsAreSaidToBeMore() {
    var parties = new TreeMap<String, Set<String>>();
    IntStream.range(0, 40).forEach(i -> parties.put("p" + i, Set.of("p" + i)));

    var found = Exposure.smallest(parties, stores -> stores.size() >= 20);

    assertThat(found.isComplete()).isFalse();
    assertThat(found.sets()).isEmpty();
  }

  private static Exposure exposure(Placement rules) {
    return new Exposure(
        rules.needed(),
        rules.total(),
        rules.happy(),
        rules.perOperator(),
        new TreeMap<>(rules.operators()));
  }

  private static Placement randomRules(Random random) {
    while (true) {
      int needed = 2 + random.nextInt(3);
      int total = needed + 1 + random.nextInt(3);
      int stores = 2 + random.nextInt(4);
      if (Math.pow(stores + 1, total) > 20_000) {
        continue;
      }
      var operators = new TreeMap<String, String>();
      for (int i = 0; i < stores; i++) {
        operators.put("s" + i, "o" + random.nextInt(stores));
      }
      try {
        return Placement.forNewFiles(needed, total, 1 + random.nextInt(total), operators);
      } catch (IllegalArgumentException _) {
        // No such gateway starts: the next one.
      }
    }
  }

  private static List<Holdings> safePlacements(Placement rules) {
    var stores = List.copyOf(new TreeSet<>(rules.operators().keySet()));
    var safe = new ArrayList<Holdings>();
    int ways = (int) Math.pow(stores.size() + 1, rules.total());
    for (int way = 0; way < ways; way++) {
      var holdings = new Holdings();
      int rest = way;
      for (int share = 0; share < rules.total(); share++) {
        int place = rest % (stores.size() + 1);
        rest /= stores.size() + 1;
        if (place < stores.size()) {
          holdings.add(share, stores.get(place));
        }
      }
      if (rules.isSafe(holdings) && keepsToOperators(rules, holdings)) {
        safe.add(holdings);
      }
    }
    return safe;
  }

  private static boolean keepsToOperators(Placement rules, Holdings holdings) {
    return rules.operators().values().stream()
        .distinct()
        .allMatch(operator ->
            holdings.sharesOn(
                    rules.operators().entrySet().stream()
                        .filter(e -> e.getValue().equals(operator))
                        .map(Map.Entry::getKey)
                        .toList())
                <= rules.perOperator());
  }

  private static List<Set<String>> subsets(List<String> names) {
    var subsets = new ArrayList<Set<String>>();
    for (int bits = 0; bits < 1 << names.size(); bits++) {
      var subset = new HashSet<String>();
      for (int i = 0; i < names.size(); i++) {
        if ((bits >> i & 1) == 1) {
          subset.add(names.get(i));
        }
      }
      subsets.add(subset);
    }
    return subsets;
  }
}
