package io.raic.cloud.resilience;

import java.util.Map;

/**
 * What became of the calls of an operation, since the start.
 *
 * @param outcomes how many ended in each way, all ways being there
 * @param done how long those took that the provider did, or had nothing to do for
 * @param failed how long those took that it did not do, but not those that their caller gave up
 */
public record OperationReport(
    Map<Outcome, Long> outcomes, LatencyReport done, LatencyReport failed) {
  /** Copies the map. */
  public OperationReport {
    outcomes = Map.copyOf(outcomes);
  }

  /** Returns how many ended in that way. */
  public long count(Outcome outcome) {
    return outcomes.getOrDefault(outcome, 0L);
  }

  /** Returns how long all took that were asked of the provider, and not given up. */
  public LatencyReport latencies() {
    return done.and(failed);
  }
}
