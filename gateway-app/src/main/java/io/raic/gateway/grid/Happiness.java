package io.raic.gateway.grid;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * "Servers of happiness": how many stores can each be counted for a share of their own.
 *
 * <p>It is the size of a maximum matching between stores and the distinct shares they hold, found
 * by augmenting paths (Kuhn). Five shares on one store make a happiness of one, and so does one
 * share on five stores: both are what redundancy is not. At most 256 shares, so speed is no matter.
 */
public final class Happiness {
  private final Map<Integer, ? extends Set<String>> holders;
  private final Map<String, Integer> matched = new HashMap<>();

  private Happiness(Map<Integer, ? extends Set<String>> holders) {
    this.holders = holders;
  }

  /** Returns the happiness of shares, given by number, that the named stores hold. */
  public static int of(Map<Integer, ? extends Set<String>> holders) {
    return matching(holders).size();
  }

  /** Returns a largest choice of one store for each of some shares, no store being chosen twice. */
  static Map<Integer, String> matching(Map<Integer, ? extends Set<String>> holders) {
    var matching = new Happiness(holders);
    for (int share : new TreeSet<>(holders.keySet())) {
      matching.match(share, new HashSet<>());
    }
    var stores = new TreeMap<Integer, String>();
    matching.matched.forEach((store, share) -> stores.put(share, store));
    return stores;
  }

  private boolean match(int share, Set<String> tried) {
    for (String store : new TreeSet<>(holders.get(share))) {
      if (tried.add(store)) {
        Integer other = matched.get(store);
        if (other == null || match(other, tried)) {
          matched.put(store, share);
          return true;
        }
      }
    }
    return false;
  }
}
