package io.raic.cloud.gcs;

import com.google.api.client.http.HttpHeaders;
import com.google.api.client.http.HttpResponse;
import io.raic.cloud.BackendException;
import io.raic.cloud.ByteRange;
import io.raic.cloud.Deadline;
import io.raic.cloud.Download;
import io.raic.cloud.ObjectInfo;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Operation;
import io.raic.cloud.Request;
import io.raic.cloud.VersionToken;
import io.raic.cloud.call.Gate;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Reads the headers of an answer with bytes, and believes none that contradict each other or what
 * was asked for.
 *
 * @param gate of the store
 * @param request that was made
 * @param key of the object
 * @param range that was asked for
 */
record GcsOpening(Gate gate, Request request, ObjectKey key, ByteRange range) {
  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18})");
  private static final Pattern GENERATION = Pattern.compile("[1-9][0-9]{0,17}");
  private static final Pattern CRC32C =
      Pattern.compile("(?:.*,)?\\s*crc32c=([A-Za-z0-9+/=]{8})(?:,.*)?");

  Download download(HttpResponse response, Deadline deadline) throws IOException {
    try {
      var headers = response.getHeaders();
      var info = info(headers);
      long expected = expected(response, info);
      boolean isWhole = expected == info.size();
      return new GcsDownload(
          gate,
          Request.of(request.backend(), Operation.READ),
          info,
          deadline,
          response,
          expected,
          isWhole ? checksum(headers) : Optional.empty());
    } catch (BackendException e) {
      response.disconnect();
      throw e;
    }
  }

  private ObjectInfo info(HttpHeaders headers) {
    String generation =
        GcsAnswer.header(headers, "x-goog-generation")
            .filter(text -> GENERATION.matcher(text).matches())
            .orElseThrow(() -> contradicts("it has no generation"));
    long size =
        number(headers, "x-goog-stored-content-length")
            .orElseThrow(() -> contradicts("it has no length"));
    String encoding =
        GcsAnswer.header(headers, "x-goog-stored-content-encoding").orElse("identity");
    if (!encoding.equals("identity")) {
      throw contradicts("it was stored packed, which this driver does not do");
    }
    return new ObjectInfo(key, size, new VersionToken(generation));
  }

  /** Returns how many bytes must come. */
  private long expected(HttpResponse response, ObjectInfo info) {
    var headers = response.getHeaders();
    if (response.getStatusCode() == 200) {
      if (!range.equals(ByteRange.ALL)) {
        throw contradicts("a range was asked for, and all is sent");
      }
      return info.size();
    }
    var matcher = CONTENT_RANGE.matcher(GcsAnswer.header(headers, "content-range").orElse(""));
    if (!matcher.matches()
        || Long.parseLong(matcher.group(1)) != range.start()
        || Long.parseLong(matcher.group(3)) != info.size()
        || Long.parseLong(matcher.group(2)) + 1 != Math.min(range.end(), info.size())) {
      throw contradicts("another range is sent than was asked for");
    }
    return Math.min(range.end(), info.size()) - range.start();
  }

  private static OptionalLong number(HttpHeaders headers, String name) {
    var text = GcsAnswer.header(headers, name).filter(t -> t.matches("\\d{1,18}"));
    return text.isPresent()
        ? OptionalLong.of(Long.parseLong(text.orElseThrow()))
        : OptionalLong.empty();
  }

  private static Optional<String> checksum(HttpHeaders headers) {
    // In one header, or in one for each sum.
    var all = String.join(",", headers.getHeaderStringValues("x-goog-hash"));
    var matcher = CRC32C.matcher(all);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private BackendException contradicts(String what) {
    return new BackendException.Corrupt(request, what);
  }
}
