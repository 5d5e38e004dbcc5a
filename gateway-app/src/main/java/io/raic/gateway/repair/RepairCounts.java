package io.raic.gateway.repair;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** What became of repairs since the start. For any thread, without locks. */
public final class RepairCounts {
  private final Map<Outcome, LongAdder> counts = new EnumMap<>(Outcome.class);

  /** What became of one. */
  public enum Outcome {
    /** The file was whole before. */
    HEALTHY,
    /** It is whole again. */
    REPAIRED,
    /** It is not whole, or cannot be read at all. */
    INCOMPLETE,
    /** There was no time, no memory, or too little to see. */
    FAILED
  }

  /** Counts nothing yet. */
  RepairCounts() {
    for (var outcome : Outcome.values()) {
      counts.put(outcome, new LongAdder());
    }
  }

  void add(Outcome outcome) {
    Objects.requireNonNull(counts.get(outcome)).increment();
  }

  /** Returns how many there were. */
  public long of(Outcome outcome) {
    return Objects.requireNonNull(counts.get(outcome)).sum();
  }
}
