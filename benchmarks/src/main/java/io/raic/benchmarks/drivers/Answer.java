package io.raic.benchmarks.drivers;

import java.util.Map;

/**
 * What a sink answers.
 *
 * @param status the status
 * @param headers those beside the length
 * @param body the body, if it is a text
 * @param zeros the length of the body otherwise, which is zeros
 */
record Answer(int status, Map<String, String> headers, String body, long zeros) {
  static Answer of(int status, Map<String, String> headers) {
    return new Answer(status, headers, "", 0);
  }

  static Answer text(String type, String body) {
    return new Answer(200, Map.of("Content-Type", type), body, 0);
  }

  static Answer zeros(Map<String, String> headers, long length) {
    return new Answer(200, headers, "", length);
  }
}
