package io.raic.gateway.admin;

import io.raic.cloud.resilience.ProviderHealth;
import io.raic.gateway.provider.Prices;
import io.raic.gateway.provider.ProviderSummary;

/**
 * A provider that the dashboard shows.
 *
 * @param summary what it is
 * @param prices what it charges
 * @param health how it does, and what can be done about it
 */
public record WatchedProvider(ProviderSummary summary, Prices prices, ProviderHealth health) {
  /** Returns its name. */
  public String id() {
    return summary.id();
  }
}
