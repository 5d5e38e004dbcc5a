package io.raic.cloud.azure;

import io.raic.cloud.Operation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One request, without what shows who makes it: it can be made again.
 *
 * @param operation for what
 * @param method of HTTP
 * @param path below the container, beginning with a slash; empty for the container itself
 * @param query decoded
 * @param headers those that only this request has
 * @param body what is sent
 */
record AzureRequest(
    Operation operation,
    String method,
    String path,
    Map<String, String> query,
    Map<String, String> headers,
    SentBytes body) {
  /** Copies the maps. */
  AzureRequest {
    query = Map.copyOf(query);
    headers = Map.copyOf(headers);
  }

  /** Returns one that sends nothing. */
  static AzureRequest of(Operation operation, String method, String path) {
    return new AzureRequest(operation, method, path, Map.of(), Map.of(), SentBytes.NONE);
  }

  AzureRequest withQuery(Map<String, String> values) {
    return new AzureRequest(operation, method, path, values, headers, body);
  }

  AzureRequest withHeaders(Map<String, String> values) {
    return new AzureRequest(operation, method, path, query, values, body);
  }

  AzureRequest sending(SentBytes bytes) {
    return new AzureRequest(operation, method, path, query, headers, bytes);
  }

  /** Returns the address below that of the container. */
  String address(String container) {
    String tail =
        query.entrySet().stream()
            .map(pair -> pair.getKey() + "=" + encoded(pair.getValue()))
            .collect(Collectors.joining("&"));
    return container + path + (tail.isEmpty() ? "" : "?" + tail);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
