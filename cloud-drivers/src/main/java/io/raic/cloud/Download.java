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
   * Reads at least one and at most {@code length} bytes, {@code length} being at least 1.
   *
   * @return the bytes read, or -1 after the last one that was asked for
   * @throws BackendException if the bytes end before
   */
  int read(byte[] target, int offset, int length);

  @Override
  void close();
}
