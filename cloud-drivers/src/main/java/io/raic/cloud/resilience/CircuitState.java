package io.raic.cloud.resilience;

/** Whether calls of a kind reach a provider. */
public enum CircuitState {
  /** They do. */
  CLOSED,
  /** They fail at once; a canary is sent now and then. */
  OPEN,
  /** They fail at once; a canary is on its way and decides. */
  HALF_OPEN,
  /** They fail at once until somebody resets it; no canary is sent. */
  FORCED_OPEN
}
