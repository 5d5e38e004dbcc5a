package io.raic.gateway.grid;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The rules of where shares may be, such that no operator can rebuild a file and none can make one
 * unrecoverable by losing its shares.
 *
 * <p>Both hold exactly when an operator has at most {@code min(needed - 1, total - needed)} of a
 * file's shares. Stores with the same operator count as one. Pure functions of their arguments.
 *
 * @param needed shares that rebuild a file
 * @param total shares made of a file
 * @param happy the {@link Happiness} an upload must reach
 * @param operators the operator of each store, by the store's id
 */
public record Placement(int needed, int total, int happy, Map<String, String> operators) {

  /** Refuses a configuration that cannot keep its promise, and says what to change. */
  public Placement {
    operators = Map.copyOf(operators);
    if (needed < 2) {
      throw new IllegalArgumentException(
          "needed is %d: any single store could rebuild every file; set it to 2 or more"
              .formatted(needed));
    }
    if (total <= needed) {
      throw new IllegalArgumentException(
          "%d of %d shares needed: losing one store would lose every file; set total above needed"
              .formatted(needed, total));
    }
    int perOperator = Math.min(needed - 1, total - needed);
    int distinct = new HashSet<>(operators.values()).size();
    if (distinct * perOperator < total) {
      throw new IllegalArgumentException(
          ("%d-of-%d allows an operator %d of the %d shares, so stores of at least %d different"
                  + " operators are needed; there are %d: add stores of other operators, or change"
                  + " needed and total")
              .formatted(
                  needed, total, perOperator, total, Math.ceilDiv(total, perOperator), distinct));
    }
    int reachable = Math.min(total, operators.size());
    if (happy < needed || happy > reachable) {
      throw new IllegalArgumentException(
          "happy is %d: with %d shares on %d stores it can be %d to %d"
              .formatted(happy, total, operators.size(), needed, reachable));
    }
  }

  /** Returns the most shares of one file that one operator may hold. */
  public int perOperator() {
    return Math.min(needed - 1, total - needed);
  }

  /**
   * Chooses a store for every share that has none, spreading them as evenly as the rules allow.
   *
   * @param usable the stores that can take shares, the first ones for preference
   * @param placed the stores that hold a good copy of a share, by share number
   * @return a store for each share to write; shares that no usable store may take are left out
   */
  public SortedMap<Integer, String> plan(
      List<String> usable, Map<Integer, ? extends Collection<String>> placed) {
    Map<Integer, Set<String>> holders = new TreeMap<>();
    placed.forEach((share, stores) -> holders.put(share, new TreeSet<>(stores)));
    var plan = new TreeMap<Integer, String>();
    for (int share = 0; share < total; share++) {
      if (holders.getOrDefault(share, Set.of()).isEmpty()) {
        int number = share;
        choose(usable, holders)
            .ifPresent(store -> {
              plan.put(number, store);
              holders.put(number, Set.of(store));
            });
      }
    }
    return plan;
  }

  private Optional<String> choose(List<String> usable, Map<Integer, Set<String>> holders) {
    Map<String, Integer> perStore = new HashMap<>();
    Map<String, Set<Integer>> perOperator = new HashMap<>();
    holders.forEach((share, stores) ->
        stores.forEach(store -> {
          perStore.merge(store, 1, Integer::sum);
          perOperator.computeIfAbsent(operatorOf(store), _ -> new HashSet<>()).add(share);
        }));
    return usable.stream()
        .filter(s -> perOperator.getOrDefault(operatorOf(s), Set.of()).size() < perOperator())
        .min(
            Comparator.<String>comparingInt(s -> perStore.getOrDefault(s, 0))
                .thenComparingInt(s -> perOperator.getOrDefault(operatorOf(s), Set.of()).size()));
  }

  /** Says whether a file whose shares are held so is safe: the promise of an acknowledgement. */
  public boolean isSafe(Map<Integer, ? extends Collection<String>> holders) {
    return happiness(holders) >= happy && survivesAnyOperator(holders);
  }

  /** Returns the happiness of {@code holders}. */
  public static int happiness(Map<Integer, ? extends Collection<String>> holders) {
    return Happiness.of(
        holders.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, e -> Set.copyOf(e.getValue()))));
  }

  private boolean survivesAnyOperator(Map<Integer, ? extends Collection<String>> holders) {
    return operators.values().stream()
        .distinct()
        .allMatch(lost ->
            holders.values().stream()
                    .filter(stores -> stores.stream().anyMatch(s -> !operatorOf(s).equals(lost)))
                    .count()
                >= needed);
  }

  private String operatorOf(String store) {
    return operators.getOrDefault(store, store);
  }
}
