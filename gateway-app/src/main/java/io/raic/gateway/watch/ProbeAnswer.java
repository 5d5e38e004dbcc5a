package io.raic.gateway.watch;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is said of the gateway.
 *
 * @param code of HTTP
 * @param status in a word or two
 * @param reasons in lines without secrets
 * @param unreadableFiles how many files could not be read, where that is known
 */
record ProbeAnswer(int code, String status, List<String> reasons, Optional<Long> unreadableFiles) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  ProbeAnswer {
    reasons = List.copyOf(reasons);
  }

  static ProbeAnswer good(String status) {
    return new ProbeAnswer(200, status, List.of(), Optional.empty());
  }

  static ProbeAnswer bad(String status, List<String> reasons) {
    return new ProbeAnswer(503, status, reasons, Optional.empty());
  }

  /** Returns it as JSON. */
  String json() {
    var json = JSON.createObjectNode();
    json.put("status", status);
    var list = json.putArray("reasons");
    reasons.forEach(list::add);
    unreadableFiles.ifPresent(count -> json.put("unreadable_files", count));
    return JSON.writeValueAsString(json);
  }
}
