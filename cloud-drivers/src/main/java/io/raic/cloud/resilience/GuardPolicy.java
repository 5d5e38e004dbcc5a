package io.raic.cloud.resilience;

/**
 * How a provider is treated.
 *
 * @param limits what it may be asked for
 * @param circuit when it counts as broken
 */
public record GuardPolicy(ProviderLimits limits, CircuitPolicy circuit) {
  /** No limits but the number of connections. */
  public static final GuardPolicy DEFAULT =
      new GuardPolicy(ProviderLimits.NONE, CircuitPolicy.DEFAULT);
}
