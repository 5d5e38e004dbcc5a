package io.raic.gateway.grid;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HappinessTest {
  @Test
  void fiveSharesOnOneStoreMakeOne() {
    var all = Set.of("s");
    assertThat(Happiness.of(Map.of(0, all, 1, all, 2, all, 3, all, 4, all))).isEqualTo(1);
  }

  @Test
  void oneShareOnFiveStoresMakesOne() {
    assertThat(Happiness.of(Map.of(0, Set.of("a", "b", "c", "d", "e")))).isEqualTo(1);
  }

  @Test
  void aMatchingIsFoundWhereTheFirstChoiceIsWrong() {
    assertThat(Happiness.of(Map.of(0, Set.of("a", "b"), 1, Set.of("a")))).isEqualTo(2);
  }

  @Test
  void noShareMakesNone() {
    assertThat(Happiness.of(Map.of())).isZero();
  }

  static IntStream seeds() {
    return IntStream.range(0, 200);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void itIsTheLargestOfAllChoices(int seed) {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    var holders = new TreeMap<Integer, Set<String>>();
    for (int share = 0; share < 1 + seed / 40; share++) {
      var stores = new HashSet<String>();
      for (int i = random.nextInt(4); i > 0; i--) {
        stores.add("s" + random.nextInt(5));
      }
      holders.put(share, stores);
    }
    assertThat(Happiness.of(holders))
        .isEqualTo(largest(new ArrayList<>(holders.values()), Set.of()));
  }

  private static int largest(List<Set<String>> shares, Set<String> used) {
    if (shares.isEmpty()) {
      return 0;
    }
    var rest = shares.subList(1, shares.size());
    int best = largest(rest, used);
    for (String store : shares.getFirst()) {
      if (!used.contains(store)) {
        var more = new HashSet<>(used);
        more.add(store);
        best = Math.max(best, 1 + largest(rest, more));
      }
    }
    return best;
  }
}
