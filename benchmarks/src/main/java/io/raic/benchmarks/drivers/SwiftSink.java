package io.raic.benchmarks.drivers;

import java.util.Map;

/** Swift, with its own login: a token for an account in which nothing is in the way. */
final class SwiftSink implements Sink {
  /** Where the login is. */
  static final String LOGIN = "/auth/v1.0";

  @Override
  public Answer answer(Ask ask) {
    return switch (ask.method()) {
      case "PUT" -> Answer.of(201, Map.of());
      case "GET" ->
          ask.target().equals(LOGIN)
              ? Answer.of(
                  200,
                  Map.of(
                      "X-Auth-Token",
                      "nothing-secret",
                      "X-Storage-Url",
                      "http://" + ask.headers().getOrDefault("host", "") + "/v1/account"))
              : Answer.zeros(Map.of("ETag", "\"0123456789abcdef\""), Workload.OBJECT_BYTES);
      default -> Answer.of(501, Map.of());
    };
  }
}
