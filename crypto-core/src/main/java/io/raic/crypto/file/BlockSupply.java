package io.raic.crypto.file;

import io.raic.crypto.hash.HashList;
import io.raic.crypto.share.UriExtension;
import java.io.IOException;

/**
 * Finds verified blocks of a file, whatever shares it takes them from.
 *
 * <p>For one thread at a time.
 */
public interface BlockSupply {
  /**
   * Returns the file's URI extension block, from the first good share.
   *
   * @throws IOException if no good share can be had
   */
  UriExtension extension() throws IOException;

  /**
   * Returns the hashes of the ciphertext's segments, verified.
   *
   * @throws IOException if no good share can be had
   */
  HashList segmentHashes() throws IOException;

  /**
   * Returns {@code needed} verified blocks of segment {@code segment}, from as many shares; they
   * may be overwritten by the next call.
   *
   * @throws IOException if there are too few good shares
   */
  Blocks blocks(int segment) throws IOException;
}
