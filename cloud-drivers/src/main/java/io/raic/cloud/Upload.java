package io.raic.cloud;

/**
 * An object being written: bytes in order, then {@link #commit}, or {@link #close} to leave
 * nothing.
 *
 * <p>After a step that failed with a {@link BackendException} every further one does. For one
 * thread at a time.
 */
public interface Upload extends AutoCloseable {
  /**
   * Takes the next bytes; {@code data} is the caller's again on return.
   *
   * @throws IllegalStateException if they are more than was announced
   */
  void write(byte[] data, int offset, int length);

  /**
   * Returns how many bytes have gone on their way to the store. While a step takes long, whoever
   * waits for it can see here whether anything moves; any thread may ask.
   */
  long sentBytes();

  /**
   * Returns how long steps have waited, up to now, for limits that are set here and not by the
   * store, in nanoseconds. That is not to be held against the store: it was not asked. Any thread
   * may ask.
   */
  default long heldBackNanos() {
    return 0;
  }

  /**
   * Makes the object durable and visible, at once and as a whole. After {@link
   * BackendException.Unavailable} it is there as a whole, or nothing has changed: the store, or its
   * answer, was lost at a moment that nobody knows.
   *
   * @throws IllegalStateException if fewer bytes were written than announced; nothing is visible
   * @throws BackendException.PreconditionFailed if the precondition does not hold any more
   */
  ObjectInfo commit();

  /** Abandons what was not committed and leaves nothing behind; does nothing after a commit. */
  @Override
  void close();
}
