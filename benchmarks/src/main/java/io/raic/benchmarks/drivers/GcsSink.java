package io.raic.benchmarks.drivers;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Map;
import java.util.zip.CRC32C;

/** Google Cloud Storage: an upload session that has whatever was sent, until it is an object. */
final class GcsSink implements Sink {
  private static final String CRC = crcOfZeros();
  private static final String OBJECT =
      "{\"name\":\"%s\",\"size\":\"%d\",\"generation\":\"1\",\"crc32c\":\"%s\"}"
          .formatted(DriverWorkload.KEY.text(), Workload.OBJECT_BYTES, CRC);
  private static final Map<String, String> STORED =
      Map.of(
          "x-goog-generation",
          "1",
          "x-goog-stored-content-length",
          Integer.toString(Workload.OBJECT_BYTES),
          "x-goog-hash",
          "crc32c=" + CRC);

  @Override
  public Answer answer(Ask ask) {
    return switch (ask.method()) {
      case "POST" -> Answer.of(200, Map.of("Location", "/session?id=1"));
      case "PUT" -> sent(ask.headers().getOrDefault("content-range", ""));
      case "GET" -> Answer.zeros(STORED, Workload.OBJECT_BYTES);
      default -> Answer.of(501, Map.of());
    };
  }

  /** Takes a part; only that of the end says how long the object is. */
  private static Answer sent(String range) {
    String last = range.substring(range.indexOf('-') + 1, range.indexOf('/'));
    return range.endsWith("/*")
        ? Answer.of(308, Map.of("Range", "bytes=0-" + last))
        : Answer.text("application/json", OBJECT);
  }

  private static String crcOfZeros() {
    var crc = new CRC32C();
    crc.update(new byte[Workload.OBJECT_BYTES]);
    byte[] sum = ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array();
    return Base64.getEncoder().encodeToString(sum);
  }
}
