package io.raic.cloud;

/**
 * The bytes of an object from {@code start} up to, not including, {@code end}.
 *
 * @param start of the first byte
 * @param end of the byte after the last one; {@link #TO_END} for all that follow
 */
public record ByteRange(long start, long end) {
  /** All bytes from the start on. */
  public static final long TO_END = Long.MAX_VALUE;

  /** The whole object. */
  public static final ByteRange ALL = new ByteRange(0, TO_END);

  /** Checks the order. */
  public ByteRange {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException("no bytes from %d to %d".formatted(start, end));
    }
  }
}
