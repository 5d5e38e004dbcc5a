package io.raic.crypto.bytes;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/** An immutable byte string, equal by content: records hold this, never {@code byte[]}. */
public final class Bytes {
  /** The empty byte string. */
  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] value;

  private Bytes(byte[] value) {
    this.value = value;
  }

  /** Copies {@code value}. */
  public static Bytes copyOf(byte[] value) {
    return new Bytes(value.clone());
  }

  /** Copies {@code length} bytes of {@code value} from {@code offset} on. */
  public static Bytes copyOf(byte[] value, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, value.length);
    return new Bytes(Arrays.copyOfRange(value, offset, offset + length));
  }

  /** Returns the length in bytes. */
  public int length() {
    return value.length;
  }

  /** Returns a copy that the caller owns. */
  public byte[] toByteArray() {
    return value.clone();
  }

  /** Says whether {@code length()} bytes of {@code other} from {@code offset} on are these. */
  public boolean matches(byte[] other, int offset) {
    return offset >= 0
        && offset <= other.length - value.length
        && Arrays.equals(value, 0, value.length, other, offset, offset + value.length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && Arrays.equals(value, that.value);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(value);
  }

  /** Returns the bytes in hexadecimal: a {@code Bytes} is public data; keys are {@link Secret}. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(value);
  }
}
