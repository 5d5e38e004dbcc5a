package io.raic.cloud;

/**
 * The bytes of an object, as they come.
 *
 * <p>For one thread at a time, except {@link #close}, which any thread may call to end a read.
 */
public interface Download extends AutoCloseable {
  /** Returns what the store knows of the whole object. */
  ObjectInfo info();

  /**
   * Reads at least one and at most {@code length} bytes, {@code length} being at least 1; a store
   * may have reasons of its own to give fewer than are there.
   *
   * @return the bytes read, or -1 after the last one that was asked for
   * @throws BackendException if the bytes end before, or the download is closed
   */
  int read(byte[] target, int offset, int length);

  @Override
  void close();
}
