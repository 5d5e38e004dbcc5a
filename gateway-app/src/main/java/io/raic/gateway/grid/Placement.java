package io.raic.gateway.grid;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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

  /** Copies the map. */
  public Placement {
    operators = Map.copyOf(operators);
  }

  /**
   * Returns the rules for new files.
   *
   * @throws IllegalArgumentException if they cannot be kept with these stores; the message says
   *     what to change
   */
  public static Placement forNewFiles(
      int needed, int total, int happy, Map<String, String> operators) {
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
    var rules = new Placement(needed, total, happy, operators);
    int distinct = new HashSet<>(operators.values()).size();
    if (distinct * rules.perOperator() < total) {
      throw new IllegalArgumentException(
          ("%d-of-%d allows an operator %d of the %d shares, so stores of at least %d different"
                  + " operators are needed; there are %d: add stores of other operators, or change"
                  + " needed and total")
              .formatted(
                  needed,
                  total,
                  rules.perOperator(),
                  total,
                  Math.ceilDiv(total, rules.perOperator()),
                  distinct));
    }
    int reachable = reachable(rules.perOperator(), total, operators.values());
    // However low it is, a file must also survive the loss of any operator: see isSafe.
    if (happy < 1 || happy > reachable) {
      throw new IllegalArgumentException(
          ("happy is %d (one more than needed if not set): with %d shares on %d stores of %d"
                  + " operators it can be 1 to %d: set it so, or add stores of other operators")
              .formatted(happy, total, operators.size(), distinct, reachable));
    }
    return rules;
  }

  /**
   * Returns the rules for a file that exists, however it was encoded; where nothing better is
   * possible an operator gets one share.
   */
  public Placement forFile(int needed, int total) {
    return new Placement(needed, total, 0, operators);
  }

  private static int reachable(int perOperator, int total, Collection<String> operators) {
    long stores =
        operators.stream()
            .collect(Collectors.groupingBy(o -> o, Collectors.counting()))
            .values()
            .stream()
            .mapToLong(count -> Math.min(count, perOperator))
            .sum();
    return (int) Math.min(total, stores);
  }

  /** Returns the most shares of one file that one operator may hold. */
  public int perOperator() {
    return Math.max(1, Math.min(needed - 1, total - needed));
  }

  /**
   * Chooses a store for each of the shares {@code wanted}, spread as widely as the rules allow.
   *
   * <p>What a store holds already is written there again rather than elsewhere, except where that
   * would leave another store without any share. Else a share goes to its home, if that can be.
   *
   * @param wanted the shares to write
   * @param homes where readers expect the shares
   * @param usable the stores that can take shares, the first ones for preference
   * @param silent the stores that may hold shares that nobody knows of: their operators get none
   * @param held what the stores hold already, good or not: it counts for what an operator may hold
   * @return a store for each share; shares that no usable store may take are left out
   */
  public SortedMap<Integer, String> plan(
      Set<Integer> wanted, Homes homes, List<String> usable, Set<String> silent, Holdings held) {
    var full = silent.stream().map(this::operatorOf).collect(Collectors.toSet());
    var inPlace = new TreeMap<Integer, Set<String>>();
    for (int share : wanted) {
      var here = new TreeSet<>(held.of(share));
      here.retainAll(usable);
      inPlace.put(share, here);
    }
    var plan = new TreeMap<>(Happiness.matching(inPlace));
    var all = Holdings.copyOf(held);
    for (int share : new TreeSet<>(wanted)) {
      String home = homes.of(share);
      if (!plan.containsKey(share)
          && !plan.containsValue(home)
          && usable.contains(home)
          && mayTake(home, share, full, all)) {
        plan.put(share, home);
        all.add(share, home);
      }
    }
    for (int share : new TreeSet<>(wanted)) {
      if (!plan.containsKey(share)) {
        choose(share, usable, full, all, plan.values())
            .ifPresent(store -> {
              plan.put(share, store);
              all.add(share, store);
            });
      }
    }
    return plan;
  }

  private Optional<String> choose(
      int share, List<String> usable, Set<String> full, Holdings all, Collection<String> planned) {
    return usable.stream()
        .filter(s -> mayTake(s, share, full, all))
        .min(
            Comparator.<String>comparingLong(s -> planned.stream().filter(s::equals).count())
                .thenComparingInt(s -> all.contains(share, s) ? 0 : 1)
                .thenComparingInt(s -> all.sharesOn(Set.of(s)))
                .thenComparingInt(s -> all.sharesOn(colleagues(s))));
  }

  private boolean mayTake(String store, int share, Set<String> full, Holdings all) {
    return all.contains(share, store)
        || (!full.contains(operatorOf(store)) && all.sharesOn(colleagues(store)) < perOperator());
  }

  /** Says whether a file whose shares are held so is safe: the promise of an acknowledgement. */
  public boolean isSafe(Holdings holdings) {
    return holdings.happiness() >= happy
        && operators.keySet().stream()
            .allMatch(store -> holdings.sharesWithout(colleagues(store)) >= needed);
  }

  /** Says whether a new file can be made safe with the stores {@code usable} alone. */
  public boolean allowsSafety(Collection<String> usable) {
    var wanted = IntStream.range(0, total).boxed().collect(Collectors.toSet());
    var stores = usable.stream().distinct().sorted().toList();
    var planned = new Holdings();
    if (!stores.isEmpty()) {
      plan(wanted, new Homes(stores), stores, Set.of(), new Holdings()).forEach(planned::add);
    }
    return isSafe(planned);
  }

  /**
   * Returns the most shares that the stores {@code some} have together of a file that is spread
   * over all stores as evenly as it can be.
   */
  public int mostShares(Collection<String> some) {
    int perStore = Math.ceilDiv(total, Math.max(1, operators.size()));
    int most =
        some.stream()
            .distinct()
            .collect(Collectors.groupingBy(this::operatorOf, Collectors.counting()))
            .values()
            .stream()
            .mapToInt(stores -> (int) Math.min(stores * perStore, perOperator()))
            .sum();
    return Math.min(total, most);
  }

  /** Returns the stores with the same operator, {@code store} included. */
  private Set<String> colleagues(String store) {
    String operator = operatorOf(store);
    return operators.entrySet().stream()
        .filter(entry -> entry.getValue().equals(operator))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private String operatorOf(String store) {
    return operators.getOrDefault(store, store);
  }
}
