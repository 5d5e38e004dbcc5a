package io.raic.cloud.local;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

/** Bytes that tell which version of an object they are, and whether they are all of it. */
final class Numbered {
  private static final int HEAD_BYTES = Long.BYTES + Integer.BYTES;

  private Numbered() {}

  /** Returns a version with {@code more} bytes after its head. */
  static byte[] bytes(long version, int more) {
    var bytes = new byte[more];
    new Random(version).nextBytes(bytes);
    return ByteBuffer.allocate(HEAD_BYTES + more).putLong(version).putInt(more).put(bytes).array();
  }

  /** Returns the version, or fails if {@code bytes} are not all of it. */
  static long version(byte[] bytes) {
    var head = ByteBuffer.wrap(bytes);
    long version = head.getLong();
    if (!Arrays.equals(bytes, bytes(version, head.getInt()))) {
      throw new AssertionError("%d bytes that are no whole version".formatted(bytes.length));
    }
    return version;
  }
}
