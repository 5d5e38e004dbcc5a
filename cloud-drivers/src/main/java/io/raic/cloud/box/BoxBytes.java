package io.raic.cloud.box;

import io.raic.cloud.parts.PartTarget;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;

/**
 * Bytes of an upload that can be sent again and again. To the SDK they are a stream, which it hands
 * through; {@link BoxTransport} takes them from where they are.
 */
final class BoxBytes extends InputStream {
  private final byte[] data;
  private final int offset;
  private final int length;
  private int read;

  BoxBytes(byte[] data, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, data.length);
    this.data = data;
    this.offset = offset;
    this.length = length;
  }

  static BoxBytes of(PartTarget.Part part) {
    return new BoxBytes(part.data(), 0, part.length());
  }

  byte[] data() {
    return data;
  }

  int offset() {
    return offset;
  }

  int length() {
    return length;
  }

  /** Adds the bytes to a digest. */
  void addTo(MessageDigest digest) {
    digest.update(data, offset, length);
  }

  String sha1Hex() {
    return HexFormat.of().formatHex(digest());
  }

  /** Returns what stands in a header {@code Digest}. */
  String digestHeader() {
    return digestHeader(digest());
  }

  static String digestHeader(byte[] sha1) {
    return "sha=" + Base64.getEncoder().encodeToString(sha1);
  }

  private byte[] digest() {
    var sha1 = sha1();
    addTo(sha1);
    return sha1.digest();
  }

  static MessageDigest sha1() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public int read() {
    return read == length ? -1 : data[offset + read++] & 0xff;
  }

  @Override
  public int read(byte[] target, int start, int count) {
    if (read == length) {
      return count == 0 ? 0 : -1;
    }
    int some = Math.min(count, length - read);
    System.arraycopy(data, offset + read, target, start, some);
    read += some;
    return some;
  }
}
