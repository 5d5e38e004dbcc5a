package io.raic.gateway.grid;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * "Servers of happiness": how many stores can each be counted for a share of their own.
 *
 * <p>It is the size of a maximum matching between stores and the distinct shares they hold, found
 * by augmenting paths (Kuhn). Five shares on one store make a happiness of one, and so does one
 * share on five stores: both are what redundancy is not. At most 256 shares, so speed is no matter.
 */
public final class Happiness {
  private final Map<Integer, Set<String>> holders;
  private final Map<String, Integer> matched = new HashMap<>();

  private Happiness(Map<Integer, Set<String>> holders) {
    this.holders = holders;
  }

  /** Returns the happiness of shares, given by number, that the named stores hold. */
  public static int of(Map<Integer, Set<String>> holders) {
    var matching = new Happiness(holders);
    int size = 0;
    for (int share : holders.keySet()) {
      if (matching.match(share, new HashSet<>())) {
        size++;
      }
    }
    return size;
  }

  private boolean match(int share, Set<String> tried) {
    for (String store : holders.getOrDefault(share, Set.of())) {
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
