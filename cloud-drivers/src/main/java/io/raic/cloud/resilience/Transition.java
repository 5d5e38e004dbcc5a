package io.raic.cloud.resilience;

import java.time.Instant;

/**
 * A change of a circuit's state.
 *
 * @param kind of operations that it is the circuit of
 * @param from before
 * @param to since
 * @param at when
 * @param reason why, in a line without secrets
 */
public record Transition(
    Kind kind, CircuitState from, CircuitState to, Instant at, String reason) {}
