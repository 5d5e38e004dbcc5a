package io.raic.crypto.share;

import java.io.IOException;

/**
 * The bytes of one share object, wherever they are; nothing they say is believed before it is
 * hashed.
 *
 * <p>Used by one thread at a time.
 */
@FunctionalInterface
public interface ShareSource {
  /**
   * Reads {@code length} bytes from {@code offset} of the share on into {@code target}.
   *
   * @return the bytes read: fewer than {@code length} only where the share ends
   * @throws IOException if the bytes could not be had
   */
  int read(long offset, byte[] target, int targetOffset, int length) throws IOException;
}
