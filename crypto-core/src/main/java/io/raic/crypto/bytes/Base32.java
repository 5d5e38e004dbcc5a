package io.raic.crypto.bytes;

import java.util.Arrays;

/**
 * Lower-case RFC 4648 base32 without padding, strict both ways: one byte string, one text.
 *
 * <p>Format §1.1.
 */
public final class Base32 {
  private static final char[] ALPHABET = "abcdefghijklmnopqrstuvwxyz234567".toCharArray();
  private static final byte[] VALUES = new byte[128];

  static {
    Arrays.fill(VALUES, (byte) -1);
    for (int i = 0; i < ALPHABET.length; i++) {
      VALUES[ALPHABET[i]] = (byte) i;
    }
  }

  private Base32() {}

  /** Returns the text of {@code data}, {@code ceil(8 * data.length / 5)} characters. */
  public static String encode(byte[] data) {
    var text = new StringBuilder(Math.toIntExact(encodedLength(data.length)));
    int bits = 0;
    int buffer = 0;
    for (byte b : data) {
      buffer = (buffer << 8) | (b & 0xff);
      bits += 8;
      while (bits >= 5) {
        bits -= 5;
        text.append(ALPHABET[(buffer >>> bits) & 31]);
      }
      buffer &= (1 << bits) - 1;
    }
    if (bits > 0) {
      text.append(ALPHABET[(buffer << (5 - bits)) & 31]);
    }
    return text.toString();
  }

  /** Returns the number of characters that {@code byteCount} bytes become. */
  public static long encodedLength(long byteCount) {
    return Math.ceilDiv(8 * byteCount, 5);
  }

  /**
   * Returns the bytes of {@code text}.
   *
   * @throws IllegalArgumentException if a character is outside the alphabet, the length is one that
   *     no byte string has, or the fill bits of the last character are not zero; the message names
   *     the position, never the text, which may be a key
   */
  public static byte[] decode(CharSequence text) {
    int length = text.length();
    int tail = length % 8;
    if (tail == 1 || tail == 3 || tail == 6) {
      throw new IllegalArgumentException("no base32 text is %d characters long".formatted(length));
    }
    byte[] data = new byte[(int) (length * 5L / 8)];
    int bits = 0;
    int buffer = 0;
    int out = 0;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      int value = c < VALUES.length ? VALUES[c] : -1;
      if (value < 0) {
        throw new IllegalArgumentException("character %d is not base32".formatted(i));
      }
      buffer = (buffer << 5) | value;
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        data[out++] = (byte) (buffer >>> bits);
        buffer &= (1 << bits) - 1;
      }
    }
    if (buffer != 0) {
      throw new IllegalArgumentException("the last base32 character has bits beyond the data");
    }
    return data;
  }
}
