package io.raic.crypto.share;

import java.io.IOException;

/** Takes the bytes of one share in order. */
@FunctionalInterface
public interface ShareSink {
  /** Drops everything: for shares that are hashed but not stored. */
  ShareSink NOWHERE = (data, offset, length) -> {};

  /**
   * Takes the next {@code length} bytes of the share; {@code data} is the caller's again on return.
   *
   * @throws IOException if the share cannot be completed any more
   */
  void write(byte[] data, int offset, int length) throws IOException;
}
