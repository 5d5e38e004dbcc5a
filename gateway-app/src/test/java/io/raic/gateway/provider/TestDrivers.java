package io.raic.gateway.provider;

import io.raic.cloud.memory.MemoryBackend;
import io.raic.cloud.settings.Setting;
import io.raic.cloud.settings.Setting.Kind;
import io.raic.cloud.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Drivers for tests: those there are, and one with settings of all kinds, which is in memory. */
public final class TestDrivers {
  /** What the store in memory has to be told, as one of a cloud has. */
  static final List<Setting> SETTINGS =
      List.of(
          Setting.required("bucket", Kind.TEXT, "the bucket, which has to be there"),
          Setting.optional("access-key-id", Kind.TEXT, "the id of the access key"),
          Setting.required("secret-access-key", Kind.SECRET, "the access key"),
          Setting.optional("session-token", Kind.SECRET, "what belongs to a key that ends"),
          Setting.optional("endpoint", Kind.ADDRESS, "where it is, if not where it usually is"),
          Setting.optional("ca-file", Kind.PATH, "certificates that are trusted"),
          Setting.withDefault(
              "path-style", Kind.FLAG, "false", "whether the bucket is in the path"));

  private TestDrivers() {}

  /** Returns all drivers, and one of type {@code vault}. */
  public static Drivers withVault() {
    return withVault(MemoryBackend::new);
  }

  /** As {@link #withVault()}, its stores made by {@code stores} of their ids. */
  public static Drivers withVault(Function<String, MemoryBackend> stores) {
    var kinds = new ArrayList<>(Drivers.all().kinds());
    kinds.add(
        new DriverKind(
            "vault",
            "a store for tests",
            SETTINGS,
            (id, given) -> {
              var settings = Settings.of(SETTINGS, given);
              var _ = settings.flag("path-style");
              var _ = settings.findAddress("endpoint");
              var _ = settings.secret("secret-access-key");
              return stores.apply(id);
            }));
    return new Drivers(kinds);
  }
}
