package io.raic.cloud.resilience;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How the circuit of a kind of operations stands.
 *
 * @param state now
 * @param since when it was closed, or was not closed any more
 * @param reason why it is not closed, or how it came to be
 * @param transitions the last ones, oldest first
 * @param heldUntil when calls stop waiting because the provider throttled; empty if they do not
 *     wait
 * @param connectionsInUse calls and streams that go on
 * @param connections how many may
 */
public record CircuitReport(
    CircuitState state,
    Instant since,
    String reason,
    List<Transition> transitions,
    Optional<Instant> heldUntil,
    int connectionsInUse,
    int connections) {
  /** Copies the list. */
  public CircuitReport {
    transitions = List.copyOf(transitions);
  }
}
