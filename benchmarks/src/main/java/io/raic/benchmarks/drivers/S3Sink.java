package io.raic.benchmarks.drivers;

import java.util.Map;

/** S3, and the plain client too. */
final class S3Sink implements Sink {
  private static final String XML = "application/xml";
  private static final Map<String, String> TAG = Map.of("ETag", "\"0123456789abcdef\"");

  @Override
  public Answer answer(Ask ask) {
    return switch (ask.method()) {
      case "PUT" -> Answer.of(200, TAG);
      case "DELETE" -> Answer.of(204, Map.of());
      case "HEAD" -> Answer.zeros(TAG, Workload.OBJECT_BYTES);
      case "GET" ->
          ask.has("list-type")
              ? Answer.text(
                  XML, "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>")
              : Answer.zeros(TAG, Workload.OBJECT_BYTES);
      case "POST" ->
          ask.has("uploads")
              ? Answer.text(
                  XML,
                  "<InitiateMultipartUploadResult><UploadId>u</UploadId>"
                      + "</InitiateMultipartUploadResult>")
              : Answer.text(
                  XML,
                  "<CompleteMultipartUploadResult><ETag>\"0123456789abcdef-13\"</ETag>"
                      + "</CompleteMultipartUploadResult>");
      default -> Answer.of(501, Map.of());
    };
  }
}
