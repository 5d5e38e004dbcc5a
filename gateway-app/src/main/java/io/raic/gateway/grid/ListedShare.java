package io.raic.gateway.grid;

import io.raic.cloud.ObjectKey;

/**
 * A share as its store lists it.
 *
 * @param file the text of its storage index
 * @param store the id of the store
 * @param share its number
 * @param bytes its length, all chunks together
 * @param last the object that it ends with
 * @param lastBytes the length of that
 */
public record ListedShare(
    String file, String store, int share, long bytes, ObjectKey last, long lastBytes) {

  /** Returns it with a chunk more. */
  ListedShare and(ObjectKey chunk, long chunkBytes) {
    return new ListedShare(file, store, share, bytes + chunkBytes, chunk, chunkBytes);
  }
}
