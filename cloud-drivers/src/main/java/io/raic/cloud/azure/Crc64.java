package io.raic.cloud.azure;

import com.azure.storage.common.implementation.contentvalidation.StorageCrc64Calculator;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;

/** The checksum that the service checks before it takes bytes. */
final class Crc64 {
  private Crc64() {}

  /**
   * Returns that of the first {@code length} bytes, as the service wants to be told it.
   *
   * <p>It is the CRC-64 of NVMe, for which Java uses no instruction of the processor. The library's
   * tables take 0.33 ns a byte, a quarter of what MD5 takes. They are not part of what the library
   * promises to keep; should they go, this does not compile, and should they change, a test tells.
   */
  static String of(byte[] data, int length) {
    long crc = StorageCrc64Calculator.compute(data, 0, length, 0);
    var bytes = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(crc);
    return Base64.getEncoder().encodeToString(bytes.array());
  }
}
