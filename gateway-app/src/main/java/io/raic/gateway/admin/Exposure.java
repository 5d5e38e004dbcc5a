package io.raic.gateway.admin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Which parties together could do what to files, exactly, from the rules of placement alone.
 *
 * <p>A new file's shares are described by how many each store has: each share is on one store, an
 * operator has at most {@code perOperator}, {@code happy} stores have one, and without any one
 * operator {@code needed} are left. Nothing else about them matters, so that all placements that
 * the rules allow are gone through operator by operator.
 *
 * @param needed shares that rebuild a file
 * @param total shares of a file
 * @param happy how many stores must have one
 * @param perOperator shares that an operator may have
 * @param operators the operator of each store
 */
public record Exposure(
    int needed, int total, int happy, int perOperator, SortedMap<String, String> operators) {
  /** No more sets than this are looked at. */
  static final int MAX_SETS = 20_000;

  /**
   * The smallest sets of parties that can do something.
   *
   * @param sets each of which can, and nothing less of it can; the smallest ones first
   * @param isComplete whether these are all of them
   */
  public record Sets(List<Set<String>> sets, boolean isComplete) {
    /** Copies the list. */
    public Sets {
      sets = List.copyOf(sets);
    }
  }

  /** Copies the map. */
  public Exposure {
    operators = Collections.unmodifiableSortedMap(new TreeMap<>(operators));
  }

  /** Says whether there may be a file of which {@code stores} have enough to rebuild it. */
  public boolean couldRebuild(Set<String> stores) {
    return atMost(stores, most -> most.onThem() >= needed);
  }

  /** Says whether there may be a file of which too little is left without {@code stores}. */
  public boolean couldDestroy(Set<String> stores) {
    return atMost(stores, most -> most.stored() - most.onThem() < needed);
  }

  /**
   * The most shares that some stores have of a file.
   *
   * @param stored shares that it has
   * @param onThem how many of them they have
   */
  private record Most(int stored, int onThem) {}

  private boolean atMost(Set<String> stores, Predicate<Most> wanted) {
    for (int stored = needed; stored <= total; stored++) {
      var most = most(stores, stored);
      if (most.isPresent() && wanted.test(new Most(stored, most.get()))) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns the most shares that {@code stores} can have of a file with {@code stored} shares;
   * empty if no file is acknowledged with so few.
   */
  private Optional<Integer> most(Set<String> stores, int stored) {
    // Without any one operator enough must be left.
    int each = Math.min(perOperator, stored - needed);
    if (each < 1) {
      return Optional.empty();
    }
    // used[i][j]: the most stores that have one, with i shares of which j are on the stores asked
    // for; -1 if that cannot be.
    int[][] used = unreachable(stored);
    used[0][0] = 0;
    for (String operator : new HashSet<>(operators.values())) {
      int inside = storesOf(operator, stores, true);
      int outside = storesOf(operator, stores, false);
      int[][] next = unreachable(stored);
      for (int all = 0; all <= stored; all++) {
        for (int on = 0; on <= all; on++) {
          if (used[all][on] >= 0) {
            place(used[all][on], all, on, inside, outside, Math.min(each, stored - all), next);
          }
        }
      }
      used = next;
    }
    for (int on = stored; on >= 0; on--) {
      if (used[stored][on] >= happy) {
        return Optional.of(on);
      }
    }
    return Optional.empty();
  }

  /** Adds every number of shares that an operator can have. */
  private static void place(
      int used, int all, int on, int inside, int outside, int each, int[][] next) {
    for (int here = 0; here <= (inside == 0 ? 0 : each); here++) {
      for (int there = 0; there <= (outside == 0 ? 0 : each - here); there++) {
        int more = Math.min(here, inside) + Math.min(there, outside);
        int[] row = next[all + here + there];
        row[on + here] = Math.max(row[on + here], used + more);
      }
    }
  }

  private static int[][] unreachable(int stored) {
    int[][] table = new int[stored + 1][stored + 1];
    for (int[] row : table) {
      Arrays.fill(row, -1);
    }
    return table;
  }

  private int storesOf(String operator, Set<String> stores, boolean isIn) {
    return (int)
        operators.entrySet().stream()
            .filter(e -> e.getValue().equals(operator) && stores.contains(e.getKey()) == isIn)
            .count();
  }

  /**
   * Returns the smallest sets of parties that can do something, more parties being able to do what
   * fewer can.
   *
   * @param parties the stores that each has a hand on
   * @param can what stores can do together
   */
  public static Sets smallest(Map<String, Set<String>> parties, Predicate<Set<String>> can) {
    var found = new ArrayList<Set<String>>();
    var names = List.copyOf(new TreeMap<>(parties).keySet());
    int[] left = {MAX_SETS};
    for (int size = 1; size <= names.size(); size++) {
      search(names, 0, size, new ArrayList<>(), parties, can, found, left);
      if (left[0] < 0) {
        return new Sets(found, false);
      }
    }
    return new Sets(found, true);
  }

  private static void search(
      List<String> names,
      int from,
      int size,
      List<String> chosen,
      Map<String, Set<String>> parties,
      Predicate<Set<String>> can,
      List<Set<String>> found,
      int[] left) {
    if (size == 0) {
      var set = new TreeSet<>(chosen);
      if (found.stream().noneMatch(set::containsAll)
          && --left[0] >= 0
          && can.test(stores(set, parties))) {
        found.add(Collections.unmodifiableSet(set));
      }
      return;
    }
    for (int i = from; i <= names.size() - size && left[0] >= 0; i++) {
      chosen.add(names.get(i));
      search(names, i + 1, size - 1, chosen, parties, can, found, left);
      chosen.removeLast();
    }
  }

  private static Set<String> stores(Collection<String> names, Map<String, Set<String>> parties) {
    var stores = new HashSet<String>();
    names.forEach(name -> stores.addAll(parties.getOrDefault(name, Set.of())));
    return stores;
  }
}
