package io.raic.gateway.catalog;

import io.raic.crypto.capability.StorageIndex;
import io.raic.gateway.state.Database;

/**
 * Removes files from the catalog and from its sums, and nothing at any store. For any number of
 * threads; errors are Spring's {@code DataAccessException}, and then nothing was removed.
 */
public final class Removal {
  /** What became of it. */
  public enum Outcome {
    /** It is not there any more. */
    REMOVED,
    /** It was not there. */
    UNKNOWN,
    /** Shares enough to rebuild it are known; it stays. */
    NOT_LOST
  }

  private final CatalogWriter writer;

  /** Removes from the catalog in {@code database}. */
  public Removal(Database database) {
    this.writer = new CatalogWriter(database);
  }

  /** Removes a file, but if {@code onlyLost} none of which enough shares are good. */
  public Outcome remove(StorageIndex file, boolean onlyLost) {
    return writer.remove(file, onlyLost);
  }
}
