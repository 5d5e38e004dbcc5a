package io.raic.gateway.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlacementTest {
  private static final Set<Integer> FIVE_SHARES = Set.of(0, 1, 2, 3, 4);

  /** Plans with the first usable stores as homes. */
  private static SortedMap<Integer, String> plan(
      Placement rules,
      Set<Integer> wanted,
      List<String> usable,
      Set<String> silent,
      Holdings held) {
    return rules.plan(wanted, new Homes(usable), usable, silent, held);
  }

  @Test
  void sharesGoHomeThoughAnotherStoreIsAway() {
    var rules = Placement.forNewFiles(3, 5, 4, operators(5));
    var homes = new Homes(List.of("s0", "s1", "s2", "s3", "s4"));
    var usable = List.of("s0", "s2", "s3", "s4");
    var plan = rules.plan(FIVE_SHARES, homes, usable, Set.of(), new Holdings());
    assertThat(plan)
        .containsEntry(0, "s0")
        .containsEntry(2, "s2")
        .containsEntry(4, "s4")
        .hasSize(5);
  }

  @Test
  void fourOfFiveStoresAllowSafetyAndThreeDoNot() {
    var rules = Placement.forNewFiles(3, 5, 4, operators(5));
    assertThat(rules.allowsSafety(List.of("s0", "s1", "s3", "s4"))).isTrue();
    assertThat(rules.allowsSafety(List.of("s0", "s1", "s3"))).isFalse();
    assertThat(rules.allowsSafety(List.of())).isFalse();
  }

  @Test
  void storesTogetherHaveNoMoreThanTheirOperatorMay() {
    var rules = Placement.forNewFiles(3, 5, 4, operators(5));
    assertThat(rules.mostShares(List.of("s0", "s1"))).isEqualTo(2);
    var pairs =
        Placement.forNewFiles(
            3, 6, 4, Map.of("a", "x", "b", "x", "c", "y", "d", "y", "e", "z", "f", "z"));
    assertThat(pairs.mostShares(List.of("a", "b"))).isEqualTo(2);
    assertThat(pairs.mostShares(pairs.operators().keySet())).isEqualTo(6);
    var few = Placement.forNewFiles(3, 5, 3, operators(3));
    assertThat(few.mostShares(List.of("s0", "s1"))).isEqualTo(4);
  }

  @Test
  void fiveStoresGetAShareEach() {
    var rules = Placement.forNewFiles(3, 5, 4, operators(5));
    var plan =
        plan(rules, FIVE_SHARES, List.of("s3", "s1", "s0", "s4", "s2"), Set.of(), new Holdings());
    assertThat(plan).isEqualTo(new TreeMap<>(Map.of(0, "s3", 1, "s1", 2, "s0", 3, "s4", 4, "s2")));
  }

  @Test
  void whatOneStoreCannotTakeGoesToAnother() {
    var rules = Placement.forNewFiles(3, 5, 4, operators(5));
    var plan = plan(rules, FIVE_SHARES, List.of("s0", "s1", "s2", "s3"), Set.of(), new Holdings());
    assertThat(plan).hasSize(5);
    assertThat(rules.isSafe(holdings(plan))).isTrue();
  }

  @Test
  void threeStoresAreNotSafe() {
    var rules = Placement.forNewFiles(3, 5, 4, operators(5));
    var plan = plan(rules, FIVE_SHARES, List.of("s0", "s1", "s2"), Set.of(), new Holdings());
    assertThat(plan).hasSize(5);
    assertThat(rules.isSafe(holdings(plan))).isFalse();
  }

  @Test
  void twoStoresGetNoMoreThanNeitherMayLoseOrRebuild() {
    var rules = Placement.forNewFiles(3, 5, 4, operators(5));
    assertThat(plan(rules, FIVE_SHARES, List.of("s0", "s1"), Set.of(), new Holdings())).hasSize(4);
  }

  @Test
  void aStoreThatHasAShareGetsTheSameOne() {
    var rules = Placement.forNewFiles(3, 5, 4, operators(5));
    var held = new Holdings();
    held.add(4, "s0");
    held.add(2, "s1");
    var plan = plan(rules, FIVE_SHARES, List.of("s0", "s1", "s2", "s3", "s4"), Set.of(), held);
    assertThat(plan).containsEntry(4, "s0").containsEntry(2, "s1");
    assertThat(new HashSet<>(plan.values())).hasSize(5);
  }

  @Test
  void sharesThatShareAStoreAreSpreadWhenThereIsRoomAgain() {
    var rules = Placement.forNewFiles(3, 5, 4, operators(5));
    var held = new Holdings();
    held.add(0, "s0");
    held.add(1, "s0");
    var plan = plan(rules, FIVE_SHARES, List.of("s0", "s1", "s2", "s3", "s4"), Set.of(), held);
    assertThat(new HashSet<>(plan.values())).hasSize(5);
  }

  @Test
  void storesOfOneOperatorCountAsOne() {
    var operators = Map.of("a1", "A", "a2", "A", "a3", "A", "b", "B", "c", "C");
    var rules = Placement.forNewFiles(3, 5, 4, operators);
    var plan =
        plan(rules, FIVE_SHARES, List.of("a1", "a2", "a3", "b", "c"), Set.of(), new Holdings());
    assertThat(plan).hasSize(5);
    assertThat(plan.values().stream().filter(s -> s.startsWith("a"))).hasSize(2);
    assertThat(rules.isSafe(holdings(plan))).isTrue();
  }

  @Test
  void anOperatorWithASilentStoreGetsNoOtherShareThanItIsKnownToHave() {
    var rules =
        Placement.forNewFiles(3, 5, 4, Map.of("a1", "A", "a2", "A", "b", "B", "c", "C", "d", "D"));
    var held = new Holdings();
    held.add(4, "a2");
    var plan = plan(rules, FIVE_SHARES, List.of("a2", "b", "c", "d"), Set.of("a1"), held);
    assertThat(plan).containsEntry(4, "a2").hasSize(5);
    assertThat(plan.values().stream().filter("a2"::equals)).hasSize(1);
  }

  @Test
  void impossibleConfigurationsAreRefusedWithWhatToChange() {
    refused(1, 3, 2, operators(3), "needed is 1", "2 or more");
    refused(3, 3, 3, operators(3), "3 of 3", "total above needed");
    refused(3, 5, 4, operators(2), "at least 3 different operators", "there are 2", "add stores");
    refused(3, 5, 4, Map.of("a", "X", "b", "X", "c", "X", "d", "X", "e", "X"), "there are 1");
    refused(3, 5, 6, operators(5), "happy is 6", "1 to 5");
    refused(3, 5, 0, operators(5), "happy is 0", "1 to 5");
    refused(3, 5, 5, Map.of("a1", "A", "a2", "A", "a3", "A", "b", "B", "c", "C"), "1 to 4");
  }

  private static void refused(
      int needed, int total, int happy, Map<String, String> operators, String... words) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Placement.forNewFiles(needed, total, happy, operators))
        .satisfies(e -> assertThat(e.getMessage()).contains(words));
  }

  static IntStream seeds() {
    return IntStream.range(0, 300);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void noOperatorEverGetsTooMuchAndAllThatIsPossibleIsPlaced(int seed) {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    int needed = 2 + random.nextInt(1 + seed / 30);
    int total = needed + 1 + random.nextInt(1 + seed / 30);
    int perOperator = Math.min(needed - 1, total - needed);
    int operatorCount = Math.ceilDiv(total, perOperator) + random.nextInt(3);
    var operators = new TreeMap<String, String>();
    for (int i = 0; i < operatorCount + random.nextInt(4); i++) {
      operators.put("s" + i, "o" + (i < operatorCount ? i : random.nextInt(operatorCount)));
    }
    var rules = Placement.forNewFiles(needed, total, 1, operators);
    var usable = new ArrayList<>(operators.keySet());
    usable.removeIf(_ -> random.nextInt(4) == 0);
    var held = held(random, rules, new ArrayList<>(operators.keySet()));
    var wanted = IntStream.range(0, total).boxed().collect(Collectors.toSet());
    wanted.removeIf(_ -> random.nextInt(5) == 0);

    var plan = plan(rules, wanted, usable, Set.of(), held);

    assertThat(usable).containsAll(plan.values());
    assertThat(wanted).containsAll(plan.keySet());
    var after = Holdings.copyOf(held);
    plan.forEach(after::add);
    for (String operator : Set.copyOf(operators.values())) {
      var stores = operators.keySet().stream().filter(s -> operator.equals(operators.get(s)));
      assertThat(after.sharesOn(stores.toList())).isLessThanOrEqualTo(perOperator);
    }
  }

  private static Holdings held(RandomGenerator random, Placement rules, List<String> stores) {
    var held = new Holdings();
    for (int i = random.nextInt(6); i > 0; i--) {
      String store = stores.get(random.nextInt(stores.size()));
      int share = random.nextInt(rules.total());
      var more = Holdings.copyOf(held);
      more.add(share, store);
      var operator = Optional.ofNullable(rules.operators().get(store));
      var colleagues =
          stores.stream()
              .filter(s -> Optional.ofNullable(rules.operators().get(s)).equals(operator));
      if (more.sharesOn(colleagues.toList()) <= rules.perOperator()) {
        held.add(share, store);
      }
    }
    return held;
  }

  private static Map<String, String> operators(int count) {
    return IntStream.range(0, count)
        .boxed()
        .collect(Collectors.toMap(i -> "s" + i, i -> "operator-" + i));
  }

  private static Holdings holdings(Map<Integer, String> plan) {
    var holdings = new Holdings();
    plan.forEach(holdings::add);
    return holdings;
  }
}
