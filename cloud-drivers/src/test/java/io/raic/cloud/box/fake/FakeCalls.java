package io.raic.cloud.box.fake;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** How often what was asked; operations are named as in {@link FakeBox}'s table of routes. */
public final class FakeCalls {
  private final Map<String, Integer> counts = new ConcurrentHashMap<>();

  FakeCalls() {}

  void count(String operation) {
    counts.merge(operation, 1, Integer::sum);
  }

  /** Returns how often {@code operation} was asked for. */
  public int of(String operation) {
    return counts.getOrDefault(operation, 0);
  }

  /** Returns how many calls of the API were made, those for tokens and bodies left out. */
  public int ofTheApi() {
    return counts.entrySet().stream()
        .filter(entry -> !entry.getKey().equals("token") && !entry.getKey().equals("body"))
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  /** Counts from 0 again. */
  public void clear() {
    counts.clear();
  }

  @Override
  public String toString() {
    return new TreeMap<>(counts).toString();
  }
}
