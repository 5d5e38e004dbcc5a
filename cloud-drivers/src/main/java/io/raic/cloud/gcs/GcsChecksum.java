package io.raic.cloud.gcs;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.CRC32C;

/** A CRC32C as the service writes it: big-endian, in Base64. */
final class GcsChecksum {
  private GcsChecksum() {}

  static String text(CRC32C crc) {
    byte[] bytes = ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array();
    return Base64.getEncoder().encodeToString(bytes);
  }
}
