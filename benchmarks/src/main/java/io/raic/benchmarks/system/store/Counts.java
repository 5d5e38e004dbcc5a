package io.raic.benchmarks.system.store;

import java.util.EnumMap;
import java.util.Map;

/**
 * What was asked of stores.
 *
 * @param requests of each kind
 * @param bytesIn of bodies that came
 * @param bytesAsked of objects or their parts that were asked for and are there
 * @param bytesOut of bodies that were handed to the network
 */
public record Counts(Map<Kind, Long> requests, long bytesIn, long bytesAsked, long bytesOut) {
  /** Nothing. */
  public static final Counts NONE = new Counts(Map.of(), 0, 0, 0);

  /** Returns how many requests there were of a kind. */
  public long of(Kind kind) {
    return requests.getOrDefault(kind, 0L);
  }

  /** Returns how many requests there were. */
  public long all() {
    return requests.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Returns these and those. */
  public Counts plus(Counts other) {
    return combined(other, 1);
  }

  /** Returns what came since {@code before}. */
  public Counts since(Counts before) {
    return combined(before, -1);
  }

  private Counts combined(Counts other, int sign) {
    var all = new EnumMap<Kind, Long>(Kind.class);
    for (var kind : Kind.values()) {
      long count = of(kind) + sign * other.of(kind);
      if (count != 0) {
        all.put(kind, count);
      }
    }
    return new Counts(
        all,
        bytesIn + sign * other.bytesIn,
        bytesAsked + sign * other.bytesAsked,
        bytesOut + sign * other.bytesOut);
  }
}
