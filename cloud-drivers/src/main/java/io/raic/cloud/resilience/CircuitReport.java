package io.raic.cloud.resilience;

import java.time.Instant;
import java.util.List;

/**
 * How the circuit of a kind of operations stands.
 *
 * @param state now
 * @param since when it was closed, or was not closed any more
 * @param reason why it is not closed, or how it came to be
 * @param transitions the last ones, oldest first
 * @param connectionsInUse calls and streams that go on
 * @param connections how many may
 */
public record CircuitReport(
    CircuitState state,
    Instant since,
    String reason,
    List<Transition> transitions,
    int connectionsInUse,
    int connections) {
  /** Copies the list. */
  public CircuitReport {
    transitions = List.copyOf(transitions);
  }
}
