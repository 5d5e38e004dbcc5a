package io.raic.gateway.grid;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which stores hold which shares of one file, stores by their ids and shares by their numbers.
 *
 * <p>For one thread at a time.
 */
public final class Holdings {
  private final SortedMap<Integer, Set<String>> stores = new TreeMap<>();

  /** Returns holdings equal to {@code other}, which stays as it is. */
  public static Holdings copyOf(Holdings other) {
    var copy = new Holdings();
    other.stores.forEach((share, ids) -> ids.forEach(id -> copy.add(share, id)));
    return copy;
  }

  /** Returns these and {@code others}. */
  Holdings and(Holdings others) {
    var both = copyOf(this);
    others.stores.forEach((share, ids) -> ids.forEach(id -> both.add(share, id)));
    return both;
  }

  /** Adds that {@code store} holds {@code share}. */
  public void add(int share, String store) {
    stores.computeIfAbsent(share, _ -> new TreeSet<>()).add(store);
  }

  /** Returns the stores that hold {@code share}. */
  public Set<String> of(int share) {
    return stores.getOrDefault(share, Set.of());
  }

  /** Says whether {@code store} holds {@code share}. */
  public boolean contains(int share, String store) {
    return of(share).contains(store);
  }

  /** Returns the stores of each share that any store holds, in the order of share numbers. */
  public SortedMap<Integer, Set<String>> asMap() {
    return stores;
  }

  /** Returns how many different shares there are. */
  public int distinctShares() {
    return stores.size();
  }

  /** Returns how many different shares the stores {@code ids} hold together. */
  public int sharesOn(Collection<String> ids) {
    return (int)
        stores.values().stream()
            .filter(holders -> holders.stream().anyMatch(ids::contains))
            .count();
  }

  /** Returns how many different shares would be left without the stores {@code lost}. */
  public int sharesWithout(Collection<String> lost) {
    return (int)
        stores.values().stream()
            .filter(holders -> holders.stream().anyMatch(id -> !lost.contains(id)))
            .count();
  }

  /** Returns the {@link Happiness} of these shares. */
  public int happiness() {
    return Happiness.of(stores);
  }

  @Override
  public String toString() {
    return Map.copyOf(stores).toString();
  }
}
