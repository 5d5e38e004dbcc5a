package io.raic.cloud.box.fake;

import java.io.IOException;
import java.util.List;

/**
 * Which requests are which operation.
 *
 * @param operation its name
 * @param method of HTTP
 * @param path in parts, * for any
 * @param isOfTheApi whether it wants a token and counts as a call
 * @param isUpload whether it counts as an upload
 * @param handler answers
 */
record Route(
    String operation,
    String method,
    List<String> path,
    boolean isOfTheApi,
    boolean isUpload,
    Handler handler) {
  /** Answers a request. */
  @FunctionalInterface
  interface Handler {
    void handle(FakeRequest request) throws IOException;
  }

  private static Route of(
      String operation, String line, boolean isOfTheApi, boolean isUpload, Handler handler) {
    var words = List.of(line.split(" /"));
    return new Route(
        operation, words.get(0), List.of(words.get(1).split("/")), isOfTheApi, isUpload, handler);
  }

  static Route open(String operation, String line, Handler handler) {
    return of(operation, line, false, false, handler);
  }

  static Route call(String operation, String line, Handler handler) {
    return of(operation, line, true, false, handler);
  }

  static Route upload(String operation, String line, Handler handler) {
    return of(operation, line, true, true, handler);
  }

  boolean matches(String method, List<String> parts) {
    if (!method.equals(this.method) || parts.size() != path.size()) {
      return false;
    }
    for (int i = 0; i < parts.size(); i++) {
      if (!path.get(i).equals("*") && !path.get(i).equals(parts.get(i))) {
        return false;
      }
    }
    return true;
  }
}
