package io.raic.cloud.local;

import io.raic.cloud.CloudBackend;
import io.raic.cloud.settings.Setting;
import io.raic.cloud.settings.Settings;
import java.util.List;

/** How a directory is configured. */
public final class LocalDriver {
  /** What it can be told. */
  public static final List<Setting> SETTINGS =
      List.of(
          Setting.required(
              "path",
              Setting.Kind.PATH,
              "the directory, which is made where only the last part of it is missing"));

  private LocalDriver() {}

  /** Returns the store; nothing is touched yet. */
  public static CloudBackend open(String id, Settings settings) {
    return LocalBackend.open(id, settings.findPath("path").orElseThrow());
  }
}
