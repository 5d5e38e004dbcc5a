package io.raic.cloud.swift;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.raic.cloud.CloudBackend;
import io.raic.cloud.Operation;
import io.raic.cloud.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;

/**
 * A Swift of one copy, whose answers to writes of an object, and to HEAD of it, a test can choose:
 * what clocks that differ and lost answers make of the real one. One request at a time.
 */
final class FakeSwift implements AutoCloseable {
  static final String OBJECTS = "/v1/a/c/";
  static final String SEGMENTS = "/v1/a/c_segments/";
  static final int LOST = 0;

  private static final String AUTH = "/auth/v1.0";

  /** What is kept. */
  // An array: nobody compares what is kept.
  @SuppressWarnings("ArrayRecordComponent")
  private record Kept(String type, byte[] body, boolean isLong) {}

  /** What is done in place of the usual; a status of 0 is no answer at all. */
  private record Turn(boolean stores, int status, Map<String, String> headers, Runnable then) {}

  private final HttpServer server;
  private final Map<String, Kept> kept = new TreeMap<>();
  private final Queue<Turn> writes = new ArrayDeque<>();
  private final Queue<Turn> reads = new ArrayDeque<>();
  private int written;
  private boolean hasContainer = true;

  FakeSwift() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  CloudBackend open() {
    return SwiftSettings.open(
        Map.of(
            "auth-url", address() + AUTH,
            "username", "me",
            "password", "key",
            "container", "c"));
  }

  URI authUrl() {
    return URI.create(address() + AUTH);
  }

  private String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Has the next write of an object that was not told otherwise yet end like that. */
  synchronized void answerWrite(boolean stores, int status, Runnable then) {
    writes.add(new Turn(stores, status, Map.of(), then));
  }

  synchronized void answerWrite(boolean stores, int status, String header, String value) {
    writes.add(new Turn(stores, status, Map.of(header, value), () -> {}));
  }

  synchronized void answerRead(int status) {
    reads.add(new Turn(false, status, Map.of(), () -> {}));
  }

  /** Says how often a write of an object was asked for. */
  synchronized int written() {
    return written;
  }

  synchronized boolean has(String name) {
    return kept.containsKey(OBJECTS + name);
  }

  synchronized long segments(String write) {
    return kept.keySet().stream()
        .filter(path -> path.startsWith(SEGMENTS) && path.contains(write))
        .count();
  }

  /** What another proxy is told, whoever it is. */
  synchronized void putLong(String name, WriteId id, byte[]... segments) {
    var manifest = Json.object().putArray("manifest");
    for (int i = 0; i < segments.length; i++) {
      String segment = "%s/%s/%08d".formatted(name, id.text(), i);
      kept.put(SEGMENTS + segment, new Kept(id.contentType(), segments[i], false));
      manifest.addObject().put("path", "/c_segments/" + segment);
    }
    kept.put(OBJECTS + name, new Kept(id.contentType(), Json.write(manifest), true));
  }

  synchronized void removeSegments(String write) {
    kept.keySet().removeIf(path -> path.startsWith(SEGMENTS) && path.contains(write));
  }

  /** Removes the container with all that is in it. */
  synchronized void removeContainer() {
    hasContainer = false;
    kept.clear();
  }

  private synchronized void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String path = exchange.getRequestURI().getPath();
      if (path.equals(AUTH)) {
        exchange.getResponseHeaders().set("X-Auth-Token", "t");
        exchange.getResponseHeaders().set("X-Storage-Url", address() + "/v1/a");
        answer(exchange, 200);
        return;
      }
      switch (exchange.getRequestMethod()) {
        case "PUT" -> put(exchange, path, body);
        case "DELETE" -> answer(exchange, kept.remove(path) == null ? 404 : 204);
        case "HEAD" -> head(exchange, path);
        default -> get(exchange, path);
      }
    }
  }

  private static void answer(HttpExchange exchange, int status) throws IOException {
    exchange.sendResponseHeaders(status, -1);
  }

  private void put(HttpExchange exchange, String path, byte[] body) throws IOException {
    boolean isObject = path.startsWith(OBJECTS);
    written += isObject ? 1 : 0;
    boolean isRefused =
        exchange.getRequestHeaders().containsKey("If-None-Match") && kept.containsKey(path);
    var usual = new Turn(!isRefused, isRefused ? 412 : 201, Map.of(), () -> {});
    var turn = isObject && !writes.isEmpty() ? writes.remove() : usual;
    if (turn.stores()) {
      String type = exchange.getRequestHeaders().getFirst("Content-Type");
      var query = String.valueOf(exchange.getRequestURI().getQuery());
      kept.put(path, new Kept(String.valueOf(type), body, query.contains("manifest")));
    }
    turn.then().run();
    turn.headers().forEach(exchange.getResponseHeaders()::set);
    if (turn.status() != LOST) {
      answer(exchange, turn.status());
    }
  }

  private void head(HttpExchange exchange, String path) throws IOException {
    if (path.equals("/v1/a/c")) {
      answer(exchange, hasContainer ? 204 : 404);
      return;
    }
    var object = kept.get(path);
    if (object == null) {
      answer(exchange, 404);
      return;
    }
    describe(exchange, object);
    exchange.getResponseHeaders().set("Content-Length", String.valueOf(object.body().length));
    answer(exchange, 200);
  }

  private static void describe(HttpExchange exchange, Kept object) {
    exchange.getResponseHeaders().set("Content-Type", object.type());
    if (object.isLong()) {
      exchange.getResponseHeaders().set("X-Static-Large-Object", "True");
    }
  }

  private void get(HttpExchange exchange, String path) throws IOException {
    var turn = reads.poll();
    var object = kept.get(path);
    if (turn != null || object == null) {
      answer(exchange, turn != null ? turn.status() : 404);
      return;
    }
    describe(exchange, object);
    byte[] body = object.body();
    String query = String.valueOf(exchange.getRequestURI().getQuery());
    if (query.contains("manifest")) {
      body =
          new String(body, StandardCharsets.UTF_8)
              .replace("\"path\"", "\"name\"")
              .getBytes(StandardCharsets.UTF_8);
    }
    exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  /** Says whether all that a manifest names is there. */
  synchronized boolean isWhole(String name) {
    var object = kept.get(OBJECTS + name);
    if (object == null || !object.isLong()) {
      return object != null;
    }
    JsonNode manifest = Json.read(Request.of("fake", Operation.GET), object.body());
    return manifest
        .valueStream()
        .allMatch(segment -> {
          String path = "/v1/a" + segment.path("path").asString("");
          return kept.containsKey(path);
        });
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
