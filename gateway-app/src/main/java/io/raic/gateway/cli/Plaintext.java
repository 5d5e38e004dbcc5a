package io.raic.gateway.cli;

import java.io.Closeable;
import java.io.InputStream;

/** Bytes to be stored, of known length, that can be read more than once. */
interface Plaintext extends Closeable {
  /** Returns the number of bytes. */
  long length();

  /**
   * Returns a stream of all bytes from the first on, which is at an end after exactly {@link
   * #length} or throws a {@link Failure}; it ends the use of any stream returned before.
   */
  InputStream open();

  @Override
  void close();
}
