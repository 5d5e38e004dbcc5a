package io.raic.benchmarks.drivers;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A request that a sink has taken in.
 *
 * @param method the method
 * @param target path and query, as they were sent
 * @param headers by their names in small letters; of several of one name the last
 * @param bodyBytes how long the body was
 * @param start the first {@link #START_BYTES} of the body, for protocols that have names in it
 */
record Ask(String method, String target, Map<String, String> headers, long bodyBytes, Text start) {
  /** How much of a body is kept. */
  static final int START_BYTES = 1 << 12;

  /**
   * Bytes as text.
   *
   * @param latin1 a character for each byte
   */
  record Text(String latin1) {
    static Text of(byte[] bytes, int length) {
      return new Text(new String(bytes, 0, length, StandardCharsets.ISO_8859_1));
    }
  }

  /** Says whether the query has a parameter of this name. */
  boolean has(String parameter) {
    int query = target.indexOf('?');
    return query >= 0
        && ("&" + target.substring(query + 1)).matches(".*&" + parameter + "(=.*|&.*|)");
  }
}
