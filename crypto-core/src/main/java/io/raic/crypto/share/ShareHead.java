package io.raic.crypto.share;

import io.raic.crypto.hash.HashList;

/**
 * All that reading a share's blocks takes to know, verified by the capability: whoever keeps it can
 * read blocks of the share again without reading anything else of it.
 *
 * <p>The hashes are not changed any more: for any number of threads.
 *
 * @param shareNumber of the share
 * @param layout where the share's sections stand
 * @param extension the file's URI extension block
 * @param blockHashes of the share's blocks
 */
public record ShareHead(
    int shareNumber, ShareLayout layout, UriExtension extension, HashList blockHashes) {
  /** What the numbers and the objects take, about. */
  private static final int FIXED_BYTES = 2048;

  /** Returns about how much memory it takes. */
  public long memoryBytes() {
    return FIXED_BYTES + blockHashes.memoryBytes();
  }
}
