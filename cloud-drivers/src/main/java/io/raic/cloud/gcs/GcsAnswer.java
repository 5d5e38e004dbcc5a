package io.raic.cloud.gcs;

import com.google.api.client.http.HttpHeaders;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.json.gson.GsonFactory;
import io.raic.cloud.BackendException;
import io.raic.cloud.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * An answer that was read to its end.
 *
 * @param status of HTTP; 0 if it was none
 * @param requestId what the service calls the request
 * @param retryAfter when to come back, in the words of HTTP
 * @param range which bytes of an upload are there, in the words of HTTP
 * @param location of an upload session
 * @param text of the body
 */
record GcsAnswer(
    int status,
    Optional<String> requestId,
    Optional<String> retryAfter,
    Optional<String> range,
    Optional<String> location,
    String text) {
  /** A page of a thousand objects with three fields has a fifth of it. */
  private static final int MAX_BYTES = 4 << 20;

  private static final int MAX_ERROR_BYTES = 16 << 10;

  static GcsAnswer of(HttpResponse response) throws IOException {
    int most = response.isSuccessStatusCode() ? MAX_BYTES : MAX_ERROR_BYTES;
    String text = "";
    try {
      var content = response.getContent();
      // The JDK's client has no body for some errors.
      if (content != null) {
        byte[] bytes = content.readNBytes(most + 1);
        if (bytes.length > most && response.isSuccessStatusCode()) {
          throw new IOException("an answer of more than %d bytes".formatted(most));
        }
        text = new String(bytes, 0, Math.min(most, bytes.length), StandardCharsets.UTF_8);
        if (bytes.length <= most) {
          // Read to its end, so its connection serves the next request.
          content.close();
        } else {
          response.disconnect();
        }
      }
    } catch (IOException e) {
      response.disconnect();
      throw e;
    }
    var headers = response.getHeaders();
    return new GcsAnswer(
        response.getStatusCode(),
        header(headers, "x-guploader-uploadid"),
        header(headers, "retry-after"),
        header(headers, "range"),
        header(headers, "location"),
        text);
  }

  static Optional<String> header(HttpHeaders headers, String name) {
    return Optional.ofNullable(headers.getFirstHeaderStringValue(name));
  }

  /**
   * Returns the body as {@code type}.
   *
   * @throws BackendException if it is something else
   */
  <T> T json(Class<T> type, Request request) {
    try {
      return GsonFactory.getDefaultInstance().fromString(text, type);
    } catch (IOException | RuntimeException _) {
      // The parser has many ways to say so.
      throw new BackendException.Unavailable(request, "an answer that makes no sense");
    }
  }
}
