package io.raic.gateway.provider;

import io.raic.cloud.CloudBackend;
import io.raic.gateway.grid.Store;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.function.BiFunction;

/** The stores of all providers, opened; no two of them are one. */
public final class OpenProviders implements AutoCloseable {
  private record Open(ProviderSettings settings, CloudBackend backend) {}

  private final List<Open> all;

  private OpenProviders(List<Open> all) {
    this.all = all;
  }

  /**
   * Opens all stores, without asking them for anything.
   *
   * @param around what is put around each driver
   * @throws IllegalArgumentException if a setting makes no sense, or two are in the same place;
   *     nothing is open then
   */
  static OpenProviders of(
      List<ProviderSettings> providers,
      BiFunction<ProviderSettings, CloudBackend, CloudBackend> around) {
    var open = new OpenProviders(new ArrayList<>());
    try {
      var locations = new HashMap<String, ProviderSettings>();
      for (var provider : providers) {
        var backend = around.apply(provider, provider.open());
        open.all.add(new Open(provider, backend));
        var other = locations.put(backend.location(), provider);
        if (other != null) {
          throw new IllegalArgumentException(
              "%s: %s and %s are the same place, %s: two shares there are lost together"
                  .formatted(
                      provider.place().words(), other.id(), provider.id(), backend.location()));
        }
      }
      return open;
    } catch (RuntimeException e) {
      open.close();
      throw e;
    }
  }

  /** Returns the stores, in the order of the providers. */
  public List<Store> stores() {
    return all.stream()
        .map(open ->
            new Store(
                open.settings().operatorKey(),
                open.backend(),
                open.settings().prices().egressGb().orElse(BigDecimal.ZERO)))
        .toList();
  }

  /** Returns the providers, in words for people. */
  public List<ProviderSummary> summaries() {
    return all.stream()
        .map(open -> ProviderSummary.of(open.settings(), open.backend().location()))
        .toList();
  }

  @Override
  public void close() {
    all.forEach(open -> open.backend().close());
  }
}
