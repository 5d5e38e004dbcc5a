package io.raic.cloud.azure;

import io.raic.cloud.BackendException;
import io.raic.cloud.ByteRange;
import io.raic.cloud.Deadline;
import io.raic.cloud.ObjectInfo;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Operation;
import io.raic.cloud.VersionToken;
import java.util.HashMap;
import java.util.Optional;
import java.util.regex.Pattern;

/** Asks for blobs, each request once. For any thread. */
final class AzureReads {
  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes ([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18})");

  private final AzureClient client;
  private final AzurePlace place;

  AzureReads(AzureClient client, AzurePlace place) {
    this.client = client;
    this.place = place;
  }

  AzureClient client() {
    return client;
  }

  /**
   * Some bytes of a blob that are on their way.
   *
   * @param info of the whole blob
   * @param start of the first byte
   * @param end of the byte after the last one
   * @param answer what brings them; empty if there are none
   */
  record Opened(ObjectInfo info, long start, long end, Optional<AzureAnswer> answer) {
    static Opened nothing(ObjectInfo info) {
      return new Opened(info, info.size(), info.size(), Optional.empty());
    }
  }

  /** Returns what is known of a blob; empty if there is none. */
  Optional<ObjectInfo> stat(Operation operation, ObjectKey key, Deadline deadline) {
    var request = AzureRequest.of(operation, "HEAD", place.path(key));
    try (var answer = client.send(request, deadline)) {
      if (answer.isAbsence()) {
        return Optional.empty();
      }
      if (!answer.isSuccess()) {
        throw client.error(answer);
      }
      return Optional.of(answer.info(key, answer.length()));
    }
  }

  /**
   * Asks for bytes.
   *
   * @param version which one it must be; empty for any
   * @return empty if there is no such blob, or it is another version
   */
  Optional<Opened> open(
      Operation operation,
      ObjectKey key,
      ByteRange range,
      Optional<VersionToken> version,
      Deadline deadline) {
    if (range.start() == range.end()) {
      return stat(operation, key, deadline).map(Opened::nothing);
    }
    var headers = new HashMap<String, String>();
    if (!range.equals(ByteRange.ALL)) {
      headers.put("Range", header(range));
    }
    version.ifPresent(v -> headers.put("If-Match", "\"%s\"".formatted(v.text())));
    var answer =
        client.send(
            AzureRequest.of(operation, "GET", place.path(key)).withHeaders(headers), deadline);
    if (answer.isAbsence() || (answer.status() == 412 && version.isPresent())) {
      return Optional.empty();
    }
    if (answer.status() == 416) {
      return stat(operation, key, deadline).map(Opened::nothing);
    }
    if (!answer.isSuccess()) {
      throw client.error(answer);
    }
    try {
      return Optional.of(
          range.equals(ByteRange.ALL) ? whole(key, answer) : part(key, range, answer));
    } catch (BackendException e) {
      answer.close();
      throw e;
    }
  }

  private static String header(ByteRange range) {
    return "bytes=%d-%s"
        .formatted(range.start(), range.end() == ByteRange.TO_END ? "" : range.end() - 1);
  }

  private static Opened whole(ObjectKey key, AzureAnswer answer) {
    if (answer.status() != 200) {
      throw answer.corrupt("the answer is not the whole object, status " + answer.status());
    }
    long size = answer.length();
    return new Opened(answer.info(key, size), 0, size, Optional.of(answer));
  }

  private static Opened part(ObjectKey key, ByteRange range, AzureAnswer answer) {
    var match = CONTENT_RANGE.matcher(answer.header("content-range").orElse(""));
    if (answer.status() != 206 || !match.matches()) {
      throw answer.corrupt("the answer is not a part of the object, status " + answer.status());
    }
    long start = Long.parseLong(match.group(1));
    long end = Long.parseLong(match.group(2)) + 1;
    long size = Long.parseLong(match.group(3));
    if (start != range.start()
        || end != Math.min(range.end(), size)
        || answer.length() != end - start) {
      throw answer.corrupt("the answer has other bytes than were asked for");
    }
    return new Opened(answer.info(key, size), start, end, Optional.of(answer));
  }
}
