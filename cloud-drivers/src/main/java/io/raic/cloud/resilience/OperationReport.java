package io.raic.cloud.resilience;

import java.util.Map;

/**
 * What became of the calls of an operation, since the start.
 *
 * @param outcomes how many ended in each way, all ways being there
 * @param latencies of those that the provider answered, whatever it said
 */
public record OperationReport(Map<Outcome, Long> outcomes, LatencyReport latencies) {
  /** Copies the map. */
  public OperationReport {
    outcomes = Map.copyOf(outcomes);
  }

  /** Returns how many ended in that way. */
  public long count(Outcome outcome) {
    return outcomes.getOrDefault(outcome, 0L);
  }
}
