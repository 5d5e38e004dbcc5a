package io.raic.benchmarks.system.store;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a store answers.
 *
 * @param status the status
 * @param headers those beside the length
 * @param text the body, unless it is an object
 * @param object whose bytes are the body, held until they are sent
 * @param start of the first of them
 * @param end of the one after the last
 */
record Reply(
    int status,
    Map<String, String> headers,
    String text,
    Optional<Stored> object,
    long start,
    long end) {
  static Reply of(int status) {
    return text(status, Map.of(), "");
  }

  static Reply xml(String body) {
    return text(200, Map.of("Content-Type", "application/xml"), body);
  }

  static Reply error(int status, String code) {
    return text(
        status,
        Map.of("Content-Type", "application/xml"),
        "<Error><Code>%s</Code></Error>".formatted(code));
  }

  static Reply tagged(String tag) {
    return text(200, Map.of("ETag", '"' + tag + '"'), "");
  }

  static Reply text(int status, Map<String, String> headers, String body) {
    return new Reply(status, headers, body, Optional.empty(), 0, 0);
  }

  /** Returns a part of an object, or all of it. */
  static Reply object(int status, Stored object, long start, long end) {
    var headers = new LinkedHashMap<String, String>(object.metadata());
    headers.put("ETag", '"' + object.tag() + '"');
    if (status == 206) {
      headers.put("Content-Range", "bytes %d-%d/%d".formatted(start, end - 1, object.length()));
    }
    return new Reply(status, headers, "", Optional.of(object), start, end);
  }

  long length() {
    return object.isPresent() ? end - start : text.length();
  }

  String head() {
    var head = new StringBuilder(256).append("HTTP/1.1 ").append(status).append(" Said\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    if (status != 204) {
      head.append("Content-Length: ").append(length()).append("\r\n");
    }
    return head.append("\r\n").toString();
  }
}
