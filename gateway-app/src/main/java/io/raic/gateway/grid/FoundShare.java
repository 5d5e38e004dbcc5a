package io.raic.gateway.grid;

import io.raic.cloud.ObjectInfo;
import java.util.List;

/**
 * A share that a store says it has.
 *
 * @param store where
 * @param shareNumber which
 * @param chunks the objects that, one after the other, are the share; mostly one
 */
record FoundShare(Store store, int shareNumber, List<ObjectInfo> chunks) {
  FoundShare {
    chunks = List.copyOf(chunks);
  }

  /** Returns the length of the share. */
  long bytes() {
    return chunks.stream().mapToLong(ObjectInfo::size).sum();
  }

  @Override
  public String toString() {
    return "share %d on %s".formatted(shareNumber, store.id());
  }
}
