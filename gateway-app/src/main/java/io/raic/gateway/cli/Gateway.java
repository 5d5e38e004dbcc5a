package io.raic.gateway.cli;

import io.raic.gateway.provider.Drivers;
import io.raic.gateway.provider.ProviderBook;
import io.raic.gateway.state.Database;
import java.util.Map;

/** What commands can do with a gateway of this machine, other than asking it. */
interface Gateway {
  /**
   * Starts one, and returns when it runs.
   *
   * @param settings Spring's property names and their values
   */
  void start(Map<String, Object> settings);

  /**
   * Reads what one would be configured with.
   *
   * @param settings as for {@link #start}
   */
  ProviderBook configuration(Map<String, Object> settings);

  /**
   * Opens the database of one, beside one that runs too.
   *
   * @param settings as for {@link #start}
   */
  Database database(Map<String, Object> settings);

  /** Returns the kinds of providers that it knows. */
  Drivers drivers();
}
