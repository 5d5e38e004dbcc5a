package io.raic.crypto.bytes;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** Netstrings: decimal length, colon, bytes, comma (format §1.2). */
public final class Netstring {
  private Netstring() {}

  /** Returns the netstring of {@code data}. */
  public static byte[] of(byte[] data) {
    byte[] prefix = prefix(data.length);
    byte[] whole = new byte[prefix.length + data.length + 1];
    System.arraycopy(prefix, 0, whole, 0, prefix.length);
    System.arraycopy(data, 0, whole, prefix.length, data.length);
    whole[whole.length - 1] = ',';
    return whole;
  }

  /** Returns what stands before the bytes of a netstring of {@code length} bytes: "length:". */
  public static byte[] prefix(int length) {
    return (length + ":").getBytes(US_ASCII);
  }
}
