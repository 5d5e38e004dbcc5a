package io.raic.gateway;

import io.raic.cloud.CloudBackend;
import io.raic.cloud.registry.Backends;
import io.raic.cloud.registry.Driver;
import io.raic.gateway.grid.Store;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The stores of a configuration, or five directories for trying if it names none.
 *
 * @param all in the order of the configuration
 */
record Providers(List<Provider> all) {
  private static final int TRIAL_STORES = 5;

  /**
   * A store.
   *
   * @param id its name
   * @param operator who runs it
   * @param path of its directory
   */
  record Provider(String id, String operator, String path) {
    CloudBackend open() {
      return Backends.open(Driver.LOCAL, id, Map.of("path", path));
    }
  }

  /**
   * Reads them out of {@code properties}.
   *
   * @throws IllegalArgumentException if one is incomplete, unknown or there twice; the message
   *     names the setting
   */
  static Providers of(GatewayProperties properties) {
    var configured = properties.providers();
    if (configured.isEmpty()) {
      return new Providers(
          IntStream.rangeClosed(1, TRIAL_STORES)
              .mapToObj(i -> "store-" + i)
              .map(id -> new Provider(id, id, properties.data().resolve(id).toString()))
              .toList());
    }
    var all = new ArrayList<Provider>();
    for (int i = 0; i < configured.size(); i++) {
      all.add(provider("raic.providers[%d]".formatted(i), configured.get(i)));
    }
    var providers = new Providers(all);
    providers.requireDifferent();
    return providers;
  }

  private static Provider provider(String setting, GatewayProperties.Provider configured) {
    String id =
        configured.id().orElseThrow(() -> new IllegalArgumentException(setting + ".id is missing"));
    if (!configured.type().equals("local")) {
      throw new IllegalArgumentException(
          "%s.type: this version knows local stores only".formatted(setting));
    }
    var path =
        configured
            .path()
            .orElseThrow(() -> new IllegalArgumentException(setting + ".path is missing"));
    return new Provider(id, configured.operator().orElse(id), path);
  }

  private void requireDifferent() {
    var paths = new HashMap<Object, String>();
    for (var provider : all) {
      var path = Path.of(provider.path()).toAbsolutePath().normalize();
      for (Object once : List.of(provider.id(), path)) {
        if (paths.put(once, provider.id()) != null) {
          throw new IllegalArgumentException(
              "raic.providers: %s is there twice, for %s".formatted(once, provider.id()));
        }
      }
    }
  }

  /** Returns the operator of each store, by the store's id. */
  Map<String, String> operators() {
    var operators = new HashMap<String, String>();
    all.forEach(provider -> operators.put(provider.id(), provider.operator()));
    return operators;
  }

  /** Opens the stores. */
  List<Store> open() {
    return all.stream().map(p -> new Store(p.operator(), p.open())).toList();
  }
}
