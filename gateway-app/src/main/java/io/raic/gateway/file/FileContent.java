package io.raic.gateway.file;

import java.io.IOException;
import java.io.OutputStream;

/** A part of a file, about to be read. For one thread at a time. */
public interface FileContent extends AutoCloseable {
  /**
   * Writes all of it to {@code out}; nothing goes there before it is verified.
   *
   * @throws io.raic.gateway.grid.UnrecoverableException if too few good shares can be had
   */
  void writeTo(OutputStream out) throws IOException;

  @Override
  void close();
}
