package io.raic.cloud.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.raic.cloud.CloudBackend;
import io.raic.cloud.registry.Backends;
import io.raic.cloud.registry.Driver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A server that keeps preconditions and knows of each object whose write it was, and answers what a
 * test wants in place of that where a real one cannot be made to.
 */
final class FakeS3 implements AutoCloseable {
  /** The connection ends in place of an answer. */
  static final Answer LOST = new Answer(0, Map.of(), "");

  /** What was asked: enough of it for a test. */
  record Asked(String method, String path, String query, Map<String, String> conditions) {
    boolean isFor(String wanted, String name) {
      return method.equals(wanted) && path.endsWith(name);
    }
  }

  /** What is answered; in chunks, and so of no length that is known before, if a header says so. */
  record Answer(int status, Map<String, String> headers, String body) {
    static Answer of(int status) {
      return new Answer(status, Map.of(), "");
    }

    static Answer error(int status, String code) {
      return new Answer(status, Map.of(), "<Error><Code>%s</Code></Error>".formatted(code));
    }
  }

  /** Stands between a request and the server. */
  @FunctionalInterface
  interface Fault {
    Answer answer(Asked asked, Supplier<Answer> server);
  }

  /** An object. */
  record Stored(String tag, String write) {}

  /** By their paths, which begin with the bucket. */
  final ConcurrentMap<String, Stored> objects;

  private final HttpServer server;
  private final Fault fault;
  private final AtomicInteger tags = new AtomicInteger();

  FakeS3(Fault fault) {
    this(new ConcurrentHashMap<>(), fault);
  }

  FakeS3(ConcurrentMap<String, Stored> objects, Fault fault) {
    this.objects = objects;
    this.fault = fault;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Opens a store in it, whose prefix is {@code raic}. */
  CloudBackend open() {
    var settings = new HashMap<String, String>();
    settings.put("endpoint", endpoint());
    settings.put("bucket", "bucket");
    settings.put("prefix", "raic");
    settings.put("access-key-id", "anybody");
    settings.put("secret-access-key", "of-nobody-at-all");
    settings.put("checksum", "none");
    return Backends.open(Driver.S3, "test", settings);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var conditions = new HashMap<String, String>();
      for (String name : new String[] {"If-Match", "If-None-Match", "x-amz-meta-raic-write"}) {
        Optional.ofNullable(exchange.getRequestHeaders().getFirst(name))
            .ifPresent(value -> conditions.put(name, value));
      }
      var uri = exchange.getRequestURI();
      String query = Objects.requireNonNullElse(uri.getQuery(), "");
      var asked = new Asked(exchange.getRequestMethod(), uri.getPath(), query, conditions);
      exchange.getRequestBody().readAllBytes();
      var answer = fault.answer(asked, () -> answer(asked));
      if (answer.equals(LOST)) {
        throw new IOException("lost on purpose");
      }
      send(exchange, answer);
    }
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    boolean hasBody = body.length > 0 && !exchange.getRequestMethod().equals("HEAD");
    boolean isChunked = answer.headers().containsKey("Transfer-Encoding");
    exchange.sendResponseHeaders(answer.status(), !hasBody ? -1 : isChunked ? 0 : body.length);
    if (hasBody) {
      exchange.getResponseBody().write(body);
    }
  }

  private synchronized Answer answer(Asked asked) {
    var there = Optional.ofNullable(objects.get(asked.path()));
    return switch (asked.method()) {
      case "PUT" -> asked.query().contains("uploadId") ? tagged("part") : put(asked, there);
      case "HEAD" -> there.map(FakeS3::head).orElse(Answer.of(404));
      case "DELETE" -> asked.query().contains("uploadId") ? Answer.of(204) : delete(asked, there);
      case "POST" ->
          asked.query().contains("uploadId")
              ? Answer.error(412, "PreconditionFailed")
              : new Answer(
                  200,
                  Map.of(),
                  "<InitiateMultipartUploadResult><UploadId>1</UploadId>"
                      + "</InitiateMultipartUploadResult>");
      default -> new Answer(200, Map.of(), "<ListBucketResult></ListBucketResult>");
    };
  }

  private Answer put(Asked asked, Optional<Stored> there) {
    if (!holds(asked, there)) {
      return Answer.error(412, "PreconditionFailed");
    }
    String tag = "tag" + tags.incrementAndGet();
    String write = asked.conditions().getOrDefault("x-amz-meta-raic-write", "");
    objects.put(asked.path(), new Stored(tag, write));
    return tagged(tag);
  }

  private Answer delete(Asked asked, Optional<Stored> there) {
    if (!holds(asked, there)) {
      return Answer.error(412, "PreconditionFailed");
    }
    objects.remove(asked.path());
    return Answer.of(204);
  }

  private static boolean holds(Asked asked, Optional<Stored> there) {
    String match = asked.conditions().getOrDefault("If-Match", "");
    boolean matches =
        match.isEmpty()
            || (match.equals("*") && there.isPresent())
            || there.filter(stored -> match.equals('"' + stored.tag() + '"')).isPresent();
    return matches && !(asked.conditions().containsKey("If-None-Match") && there.isPresent());
  }

  private static Answer tagged(String tag) {
    return new Answer(200, Map.of("ETag", '"' + tag + '"'), "");
  }

  private static Answer head(Stored stored) {
    var headers = new HashMap<String, String>();
    headers.put("ETag", '"' + stored.tag() + '"');
    headers.put("Content-Length", "10");
    headers.put("x-amz-meta-raic-write", stored.write());
    return new Answer(200, headers, "");
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
