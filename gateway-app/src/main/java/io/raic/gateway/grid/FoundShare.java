package io.raic.gateway.grid;

import io.raic.cloud.ObjectInfo;
import io.raic.cloud.ObjectKey;
import io.raic.crypto.capability.StorageIndex;
import java.util.List;

/**
 * A share that a store says it has, or that it would have if nothing stood in the way.
 *
 * @param store where
 * @param shareNumber which
 * @param key the name of the share, or of its first chunk
 * @param chunks the objects that, one after the other, are the share; mostly one; none if nobody
 *     has asked the store yet
 */
record FoundShare(Store store, int shareNumber, ObjectKey key, List<ObjectInfo> chunks) {
  FoundShare {
    chunks = List.copyOf(chunks);
  }

  /** Returns a share of which the store has said nothing yet. */
  static FoundShare guess(Store store, StorageIndex storageIndex, int shareNumber) {
    return new FoundShare(
        store, shareNumber, ShareAddress.key(storageIndex, shareNumber), List.of());
  }

  /** Says whether the store has said nothing of the share yet. */
  boolean isGuess() {
    return chunks.isEmpty();
  }

  /** Returns the length of the share, 0 if it is a guess. */
  long bytes() {
    return chunks.stream().mapToLong(ObjectInfo::size).sum();
  }

  @Override
  public String toString() {
    return "share %d on %s".formatted(shareNumber, store.id());
  }
}
