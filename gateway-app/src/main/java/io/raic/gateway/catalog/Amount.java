package io.raic.gateway.catalog;

/**
 * How much of something there is.
 *
 * @param items files or shares
 * @param bytes of all of them together
 */
public record Amount(long items, long bytes) {
  /** Nothing. */
  public static final Amount NONE = new Amount(0, 0);

  /** Returns both together. */
  public Amount plus(Amount other) {
    return new Amount(items + other.items, bytes + other.bytes);
  }
}
