package io.raic.cloud.gcs.fake;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** A request, taken apart. */
final class Call {
  /** The most bytes of JSON or of a form. */
  private static final int MAX_TEXT_BYTES = 1 << 20;

  /** The longest object this server takes; the real one takes 5 TiB. */
  private static final long MAX_BODY_BYTES = 1L << 30;

  /** What is read of a body that nobody wanted, so that the client hears why. */
  private static final long MAX_DRAINED_BYTES = 32 << 20;

  private final HttpExchange exchange;
  private final String scheme;
  private final String method;
  private final List<String> path;
  private final Map<String, String> query;

  Call(HttpExchange exchange, String scheme) {
    this.exchange = exchange;
    this.scheme = scheme;
    String sent = exchange.getRequestMethod();
    this.method = sent.equals("POST") ? header("X-HTTP-Method-Override").orElse(sent) : sent;
    var uri = exchange.getRequestURI();
    this.path =
        Stream.of(uri.getRawPath().substring(1).split("/", -1))
            // A plus is a plus in a path.
            .map(part -> decoded(part.replace("+", "%2B")))
            .toList();
    this.query = form(uri.getRawQuery() == null ? "" : uri.getRawQuery());
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      throw Refusal.invalid("Malformed escape");
    }
  }

  private static Map<String, String> form(String text) {
    var form = new HashMap<String, String>();
    for (String pair : text.split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        form.put(decoded(name), equals < 0 ? "" : decoded(pair.substring(equals + 1)));
      }
    }
    return form;
  }

  String method() {
    return method;
  }

  /** Returns the decoded parts of the path. */
  List<String> path() {
    return path;
  }

  /** Returns what this server is called by the client. */
  String origin() {
    return scheme + "://" + header("Host").orElse("127.0.0.1");
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
  }

  Optional<String> query(String name) {
    return Optional.ofNullable(query.get(name));
  }

  /** Returns all values of a parameter that may come several times. */
  List<String> queries(String name) {
    String raw = exchange.getRequestURI().getRawQuery();
    return Stream.of(raw == null ? new String[0] : raw.split("&", -1))
        .filter(pair -> pair.startsWith(name + "="))
        .map(pair -> decoded(pair.substring(name.length() + 1)))
        .toList();
  }

  String requiredQuery(String name) {
    return query(name).filter(value -> !value.isEmpty()).orElseThrow(() -> Refusal.required(name));
  }

  OptionalLong number(String name) {
    var text = query(name);
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(text.orElseThrow()));
    } catch (NumberFormatException _) {
      throw Refusal.invalid("Invalid value for: Invalid long value: '" + text.orElseThrow() + "'");
    }
  }

  /** Returns the body as it was meant, whichever way it was sent; longer ones are refused. */
  InputStream body() throws IOException {
    var raw = new Whole(exchange.getRequestBody(), length());
    if (!header("Content-Encoding").orElse("").equals("gzip")) {
      return new Bounded(raw, MAX_BODY_BYTES);
    }
    try {
      return new Bounded(new GZIPInputStream(raw), MAX_BODY_BYTES);
    } catch (ZipException _) {
      throw Refusal.invalid("The request is not gzip");
    }
  }

  /** Returns the announced bytes of the body; -1 where they come in chunks. */
  long length() {
    return header("Content-Length").map(Long::parseLong).orElse(-1L);
  }

  JsonObject json() throws IOException {
    return json(text());
  }

  static JsonObject json(String text) {
    try {
      return text.isBlank() ? new JsonObject() : JsonParser.parseString(text).getAsJsonObject();
    } catch (JsonParseException | IllegalStateException _) {
      throw new Refusal(400, "parseError", "Parse Error");
    }
  }

  Map<String, String> form() throws IOException {
    return form(text());
  }

  private String text() throws IOException {
    byte[] bytes = body().readNBytes(MAX_TEXT_BYTES + 1);
    if (bytes.length > MAX_TEXT_BYTES) {
      throw new Refusal(413, "uploadTooLarge", "Request Entity Too Large");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Reads away what was not wanted. */
  void drain() throws IOException {
    var rest = exchange.getRequestBody();
    var buffer = new byte[1 << 16];
    long drained = 0;
    for (int n = 0; n >= 0 && drained < MAX_DRAINED_BYTES; n = rest.read(buffer)) {
      drained += n;
    }
  }

  /** Fails where the body is longer than it may be, such as one that was packed with malice. */
  private static final class Bounded extends FilterInputStream {
    private long left;

    Bounded(InputStream in, long most) {
      super(in);
      this.left = most;
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int n = in.read(target, offset, length);
      left -= Math.max(n, 0);
      if (left < 0) {
        throw new Refusal(413, "uploadTooLarge", "The object is too large.");
      }
      return n;
    }
  }

  /** Fails where the connection ends before the body does. */
  private static final class Whole extends FilterInputStream {
    private long left;

    Whole(InputStream in, long announced) {
      super(in);
      this.left = announced < 0 ? Long.MAX_VALUE : announced;
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int n = in.read(target, offset, length);
      if (n < 0 && left > 0 && left != Long.MAX_VALUE) {
        throw new IOException("the client went away");
      }
      left -= left == Long.MAX_VALUE ? 0 : Math.max(n, 0);
      return n;
    }
  }
}
