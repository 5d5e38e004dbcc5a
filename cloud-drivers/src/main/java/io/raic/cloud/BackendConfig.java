package io.raic.cloud;

import java.nio.file.Path;

/** What has to be known to open a store: one record for each driver. */
public sealed interface BackendConfig {
  /** Returns the name of the store, which stands in every error. */
  String id();

  /**
   * A directory.
   *
   * @param id names the store
   * @param path of the directory, which is made where only the last part of it is missing
   */
  record Local(String id, Path path) implements BackendConfig {
    /** Checks the name. */
    public Local {
      BackendId.require(id);
    }
  }
}
