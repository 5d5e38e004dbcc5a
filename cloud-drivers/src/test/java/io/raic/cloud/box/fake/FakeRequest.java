package io.raic.cloud.box.fake;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request and its answer. */
final class FakeRequest {
  /** More than any JSON of the API, but for the parts of a commit. */
  private static final int MAX_JSON_BYTES = 4 << 20;

  private final HttpExchange exchange;
  private final String id;
  private final List<String> parts;
  private final Map<String, String> query;
  private boolean isAnswered;
  private boolean isLost;

  FakeRequest(HttpExchange exchange, String id) {
    this.exchange = exchange;
    this.id = id;
    this.parts = List.of(exchange.getRequestURI().getRawPath().substring(1).split("/", -1));
    this.query = form(Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse(""));
  }

  String method() {
    return exchange.getRequestMethod();
  }

  List<String> path() {
    return parts;
  }

  /** Returns the part of the path at {@code index}, with one of the end at -1. */
  String part(int index) {
    return index < 0 ? parts.get(parts.size() + index) : parts.get(index);
  }

  Optional<String> query(String name) {
    return Optional.ofNullable(query.get(name)).filter(value -> !value.isEmpty());
  }

  Optional<String> fields() {
    return query("fields");
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
  }

  /** Returns what If-Match says, if it says something. */
  Optional<String> ifMatch() {
    return header("If-Match");
  }

  InputStream body() {
    return exchange.getRequestBody();
  }

  String text() throws IOException {
    byte[] bytes = body().readNBytes(MAX_JSON_BYTES + 1);
    if (bytes.length > MAX_JSON_BYTES) {
      throw new Refusal(413, "request_entity_too_large", "Request entity too large");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  Json json() throws IOException {
    return json(text());
  }

  static Json json(String text) {
    try {
      return Json.parse(text);
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest(
          "Entity body should be a correctly nested resource attribute name/" + "value pair");
    }
  }

  Map<String, String> form() throws IOException {
    return form(text());
  }

  /** Returns a time that a body gives. */
  static Optional<Instant> time(Json json, String name) {
    return json.text(name)
        .map(text -> {
          try {
            return OffsetDateTime.parse(text).toInstant();
          } catch (DateTimeParseException e) {
            throw Refusal.badRequest("Invalid value for " + name);
          }
        });
  }

  static String required(Json json, String name) {
    return json.text(name)
        .orElseThrow(() -> Refusal.badRequest("'%s' is required".formatted(name)));
  }

  void setHeader(String name, String value) {
    exchange.getResponseHeaders().set(name, value);
  }

  void answer(int status, Map<String, Object> json) throws IOException {
    setHeader("Content-Type", "application/json");
    answer(status, new Json(json).toString());
  }

  void answer(int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    start(status, bytes.length);
    try (var out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  /** Sends an answer without a body. */
  void answer(int status) throws IOException {
    start(status, 0);
  }

  /** Lets the work be done, and its answer be a 500. */
  void loseAnswer() {
    isLost = true;
  }

  /** Sends the head of an answer of {@code length} bytes. */
  void start(int status, long length) throws IOException {
    drain();
    isAnswered = true;
    if (isLost) {
      exchange.sendResponseHeaders(500, -1);
      throw new IOException("the answer is lost");
    }
    setHeader("Box-Request-Id", id);
    exchange.sendResponseHeaders(status, length == 0 ? -1 : length);
  }

  HttpExchange exchange() {
    return exchange;
  }

  boolean isAnswered() {
    return isAnswered;
  }

  void refuse(Refusal refusal) throws IOException {
    refusal.headers().forEach(this::setHeader);
    if (refusal.status() == 401) {
      // The real one has no body then.
      answer(401);
    } else {
      setHeader("Content-Type", "application/json");
      answer(refusal.status(), refusal.body(id));
    }
  }

  /** A client that is refused early hears it only if all that it sends is taken. */
  private void drain() throws IOException {
    body().skip(Long.MAX_VALUE);
  }

  private static Map<String, String> form(String text) {
    var form = new LinkedHashMap<String, String>();
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        form.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
      }
    }
    return form;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
