package io.raic.cloud;

/**
 * An object being written: bytes in order, then {@link #commit}, or {@link #close} to leave
 * nothing.
 *
 * <p>For one thread at a time.
 */
public interface Upload extends AutoCloseable {
  /**
   * Takes the next bytes; {@code data} is the caller's again on return.
   *
   * @throws IllegalStateException if they are more than was announced
   */
  void write(byte[] data, int offset, int length);

  /**
   * Makes the object durable and visible, at once and as a whole.
   *
   * @throws IllegalStateException if fewer bytes were written than announced; nothing is visible
   * @throws BackendException.PreconditionFailed if the precondition does not hold any more
   */
  ObjectInfo commit();

  /** Abandons what was not committed and leaves nothing behind; does nothing after a commit. */
  @Override
  void close();
}
