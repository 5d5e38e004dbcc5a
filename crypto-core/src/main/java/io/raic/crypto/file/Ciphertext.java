package io.raic.crypto.file;

import io.raic.crypto.share.Geometry;
import java.io.IOException;

/**
 * An encrypted file, read segment by segment: what upload encodes, download decrypts, repair
 * encodes again and verification compares with its hashes.
 *
 * <p>For one thread at a time.
 */
public interface Ciphertext {
  /** Returns how the file is cut. */
  Geometry geometry();

  /**
   * Reads segment {@code segment} into the start of {@code target}.
   *
   * @param target at least {@code segmentBytes} long; what follows the segment is undefined
   * @throws IOException if the segment cannot be had, or not without doubt
   */
  void read(int segment, byte[] target) throws IOException;

  /**
   * As {@link #read}, but may take {@code target} in exchange for another array of the same length,
   * which saves a copy where the segment is in memory already.
   *
   * @param target the caller's no more, unless it is returned
   * @return what begins with the segment, the caller's to change
   * @throws IOException as of {@link #read}
   */
  default byte[] exchange(int segment, byte[] target) throws IOException {
    read(segment, target);
    return target;
  }
}
