package io.raic.crypto.bytes;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.function.Function;

/** Key bytes: compared in constant time, never printed, wiped on close. */
public final class Secret implements AutoCloseable {
  private final byte[] value;
  private volatile boolean closed;

  private Secret(byte[] value) {
    this.value = value;
  }

  /** Copies {@code value}; the caller still owns, and should wipe, its own array. */
  public static Secret copyOf(byte[] value) {
    return new Secret(value.clone());
  }

  /** Returns the length in bytes. */
  public int length() {
    return value.length;
  }

  /**
   * Returns a copy that the caller owns and should wipe.
   *
   * @throws IllegalStateException if this was closed: zeros would be taken for a key
   */
  public byte[] toByteArray() {
    byte[] copy = value.clone();
    if (closed) {
      throw new IllegalStateException("the secret was wiped");
    }
    return copy;
  }

  /** Returns what {@code function} makes of a copy of the key bytes, which is wiped then. */
  public <T> T use(Function<byte[], T> function) {
    byte[] copy = toByteArray();
    try {
      return function.apply(copy);
    } finally {
      Arrays.fill(copy, (byte) 0);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret that && MessageDigest.isEqual(value, that.value);
  }

  /** Returns the same for all secrets of one length: hash codes are printed, and compared fast. */
  @Override
  public int hashCode() {
    return value.length;
  }

  @Override
  public String toString() {
    return "Secret[" + value.length + " bytes]";
  }

  /** Overwrites the key bytes with zeros; the object must not be used afterwards. */
  @Override
  public void close() {
    closed = true;
    Arrays.fill(value, (byte) 0);
  }
}
