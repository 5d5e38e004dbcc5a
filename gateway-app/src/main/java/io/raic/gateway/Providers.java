package io.raic.gateway;

import io.raic.cloud.BackendConfig;
import io.raic.cloud.registry.Backends;
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
   * @param operator who runs it
   * @param backend what is needed to open it
   */
  record Provider(String operator, BackendConfig backend) {}

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
              .map(id ->
                  new Provider(id, new BackendConfig.Local(id, properties.data().resolve(id))))
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
    return new Provider(
        configured.operator().orElse(id), new BackendConfig.Local(id, Path.of(path)));
  }

  private void requireDifferent() {
    var paths = new HashMap<Object, String>();
    for (var provider : all) {
      var backend = (BackendConfig.Local) provider.backend();
      for (Object once : List.of(backend.id(), backend.path().toAbsolutePath().normalize())) {
        if (paths.put(once, backend.id()) != null) {
          throw new IllegalArgumentException(
              "raic.providers: %s is there twice, for %s".formatted(once, backend.id()));
        }
      }
    }
  }

  /** Returns the operator of each store, by the store's id. */
  Map<String, String> operators() {
    var operators = new HashMap<String, String>();
    all.forEach(provider -> operators.put(provider.backend().id(), provider.operator()));
    return operators;
  }

  /** Opens the stores. */
  List<Store> open() {
    return all.stream().map(p -> new Store(p.operator(), Backends.open(p.backend()))).toList();
  }
}
