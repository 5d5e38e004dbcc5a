package io.raic.crypto.bytes;

import java.security.MessageDigest;
import java.util.Arrays;

/** Key bytes: compared in constant time, never printed, wiped on close. */
public final class Secret implements AutoCloseable {
  private final byte[] value;

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

  /** Returns a copy that the caller owns and should wipe. */
  public byte[] toByteArray() {
    return value.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret that && MessageDigest.isEqual(value, that.value);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(value);
  }

  @Override
  public String toString() {
    return "Secret[" + value.length + " bytes]";
  }

  /** Overwrites the key bytes with zeros; the object must not be used afterwards. */
  @Override
  public void close() {
    Arrays.fill(value, (byte) 0);
  }
}
