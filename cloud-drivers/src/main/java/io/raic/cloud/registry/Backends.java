package io.raic.cloud.registry;

import io.raic.cloud.BackendId;
import io.raic.cloud.CloudBackend;
import io.raic.cloud.azure.AzureDriver;
import io.raic.cloud.box.BoxDriver;
import io.raic.cloud.gcs.GcsDriver;
import io.raic.cloud.local.LocalDriver;
import io.raic.cloud.s3.S3Driver;
import io.raic.cloud.settings.Settings;
import io.raic.cloud.swift.SwiftDriver;
import java.util.Map;

/** Opens stores of every kind. */
public final class Backends {
  private Backends() {}

  /**
   * Opens a store. That works, soon and without a request, whether or not the store can be used
   * just now: {@link CloudBackend#probe} tells, and so does every other call.
   *
   * @param id the name of the store, which stands in every error
   * @param given its settings by name
   * @throws IllegalArgumentException if the id or a setting makes no sense
   */
  public static CloudBackend open(Driver driver, String id, Map<String, String> given) {
    BackendId.require(id);
    var settings = Settings.of(driver.settings(), given);
    return switch (driver) {
      case LOCAL -> LocalDriver.open(id, settings);
      case SWIFT -> SwiftDriver.open(id, settings);
      case S3 -> S3Driver.open(id, settings);
      case AZURE -> AzureDriver.open(id, settings);
      case GCS -> GcsDriver.open(id, settings);
      case BOX -> BoxDriver.open(id, settings);
    };
  }
}
