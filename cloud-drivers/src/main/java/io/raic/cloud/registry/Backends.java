package io.raic.cloud.registry;

import io.raic.cloud.BackendConfig;
import io.raic.cloud.CloudBackend;
import io.raic.cloud.local.LocalBackend;

/** Opens stores of every kind. */
public final class Backends {
  private Backends() {}

  /**
   * Opens a store. That works whether or not the store can be used just now: {@link
   * CloudBackend#probe} tells, and so does every other call.
   */
  public static CloudBackend open(BackendConfig config) {
    return switch (config) {
      case BackendConfig.Local(var id, var path) -> LocalBackend.open(id, path);
    };
  }
}
