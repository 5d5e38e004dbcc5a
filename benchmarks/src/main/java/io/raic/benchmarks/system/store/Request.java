package io.raic.benchmarks.system.store;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The head of a request.
 *
 * @param method such as GET
 * @param key the object's name, without the bucket; empty for the bucket itself
 * @param parameters of the query
 * @param headers by their names in small letters
 */
record Request(
    String method, String key, Map<String, String> parameters, Map<String, String> headers) {
  /** Reads a head as it came. */
  static Request parse(String head) {
    String[] lines = head.split("\r\n", -1);
    String[] first = lines[0].split(" ", -1);
    var headers = new HashMap<String, String>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      if (colon > 0) {
        headers.put(
            lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
            lines[i].substring(colon + 1).strip());
      }
    }
    String target = first.length > 1 ? first[1] : "/";
    int question = target.indexOf('?');
    String path = question < 0 ? target : target.substring(0, question);
    int slash = path.indexOf('/', 1);
    return new Request(
        first[0],
        slash < 0 ? "" : decoded(path.substring(slash + 1)),
        question < 0 ? Map.of() : parameters(target.substring(question + 1)),
        headers);
  }

  private static Map<String, String> parameters(String query) {
    var found = new HashMap<String, String>();
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      found.put(
          equals < 0 ? pair : pair.substring(0, equals),
          equals < 0 ? "" : decoded(pair.substring(equals + 1)));
    }
    return found;
  }

  private static String decoded(String text) {
    return text.indexOf('%') < 0 ? text : URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name));
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  int contentLength() {
    return header("content-length").map(Integer::parseInt).orElse(0);
  }
}
