package io.raic.benchmarks.drivers;

import java.util.Map;

/** Azure Blob Storage. */
final class AzureSink implements Sink {
  private static final Map<String, String> TAG = Map.of("ETag", "\"0x8DC0123456789AB\"");

  @Override
  public Answer answer(Ask ask) {
    return switch (ask.method()) {
      case "PUT" -> Answer.of(201, TAG);
      case "DELETE" -> Answer.of(202, Map.of());
      case "HEAD" -> Answer.zeros(TAG, Workload.OBJECT_BYTES);
      case "GET" ->
          ask.has("comp")
              ? Answer.text(
                  "application/xml",
                  "<EnumerationResults><Blobs/><NextMarker/></EnumerationResults>")
              : Answer.zeros(TAG, Workload.OBJECT_BYTES);
      default -> Answer.of(501, Map.of());
    };
  }
}
