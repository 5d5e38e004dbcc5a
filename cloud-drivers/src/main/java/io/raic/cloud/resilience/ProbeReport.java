package io.raic.cloud.resilience;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * What a canary found.
 *
 * @param at when it ended
 * @param took how long it was under way
 * @param failures of each kind that does not work; empty if both do
 */
public record ProbeReport(Instant at, Duration took, Map<Kind, String> failures) {
  /** Copies the map. */
  public ProbeReport {
    failures = Map.copyOf(failures);
  }
}
