package io.raic.gateway.provider;

import io.raic.cloud.CloudBackend;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * The providers of a gateway, each with an id of its own: those of its configuration, then those of
 * the file that {@code raic provider} writes, or five directories for trying if there are none.
 *
 * @param all in the order in which they are configured
 */
public record Providers(List<ProviderSettings> all) {
  private static final int TRIAL_STORES = 5;

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if an id is there twice
   */
  public Providers {
    all = List.copyOf(all);
    var ids = new HashMap<String, ProviderSettings>();
    for (var provider : all) {
      var other = ids.put(provider.id(), provider);
      if (other != null) {
        throw provider
            .place()
            .wrong(
                "id",
                ": %s is there already, in %s".formatted(provider.id(), other.place().words()));
      }
    }
  }

  /**
   * Reads what is configured.
   *
   * @param configured the entries of {@code raic.providers}
   * @param data the directory of what the gateway itself keeps
   * @throws IllegalArgumentException if one is incomplete, unknown or there twice; the message
   *     names the setting, and shows no credential
   */
  public static Providers of(List<GivenSettings> configured, Path data, Drivers drivers) {
    var providers = named(configured, data, drivers);
    return providers.all().isEmpty() ? trying(data, drivers) : providers;
  }

  /** As {@link #of}, without those for trying. */
  static Providers named(List<GivenSettings> configured, Path data, Drivers drivers) {
    var all = new ArrayList<ProviderSettings>();
    for (int i = 0; i < configured.size(); i++) {
      all.add(ProviderSettings.read(configured.get(i), new Place.Configured(i), drivers));
    }
    all.addAll(inFile(new ProviderFile(file(data)), drivers));
    return new Providers(all);
  }

  static Path file(Path data) {
    return data.resolve("providers.yaml");
  }

  private static List<ProviderSettings> inFile(ProviderFile file, Drivers drivers) {
    var entries = file.read();
    var directory = file.path().toAbsolutePath().getParent();
    var all = new ArrayList<ProviderSettings>();
    for (int i = 0; i < entries.size(); i++) {
      var place = new Place.InFile(file.path(), i);
      var provider = ProviderSettings.read(entries.get(i), place, drivers);
      all.add(directory == null ? provider : provider.below(directory));
    }
    return all;
  }

  private static Providers trying(Path data, Drivers drivers) {
    return new Providers(
        IntStream.rangeClosed(1, TRIAL_STORES)
            .mapToObj(i -> "store-" + i)
            .map(id -> Map.of("id", id, "path", data.resolve(id).toString()))
            .map(given ->
                ProviderSettings.read(new GivenSettings(given), new Place.Trying(), drivers))
            .toList());
  }

  /** Says whether these are those for trying. */
  public boolean areForTrying() {
    return all.stream().anyMatch(provider -> provider.place() instanceof Place.Trying);
  }

  /** Returns the provider called {@code id}. */
  public Optional<ProviderSettings> find(String id) {
    return all.stream().filter(provider -> provider.id().equals(id)).findFirst();
  }

  /** Returns the operator of each store, by the store's id. */
  public Map<String, String> operators() {
    var operators = new HashMap<String, String>();
    all.forEach(provider -> operators.put(provider.id(), provider.operatorKey()));
    return operators;
  }

  /** Opens the stores as they are, as {@link #open(BiFunction)} does. */
  public OpenProviders open() {
    return open((_, driver) -> driver);
  }

  /**
   * Opens the stores.
   *
   * @param around what is put around each driver
   * @throws IllegalArgumentException if a setting makes no sense, or two are in the same place
   */
  public OpenProviders open(BiFunction<ProviderSettings, CloudBackend, CloudBackend> around) {
    return OpenProviders.of(all, around);
  }
}
