package io.raic.gateway.catalog;

import java.util.List;

/**
 * A stored file, and where its shares are.
 *
 * @param file the file
 * @param sightings of each share in each store, by share and store
 */
public record ShareMap(CatalogFile file, List<Sighting> sightings) {
  /** Copies the list. */
  public ShareMap {
    sightings = List.copyOf(sightings);
  }
}
