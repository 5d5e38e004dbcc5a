package io.raic.cloud.azure;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.raic.cloud.CloudBackend;
import io.raic.cloud.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Answers what a test wants to be answered, where the real server cannot be made to. */
final class FakeAzure implements AutoCloseable {
  /** A key of nobody. */
  static final String KEY = "c2VjcmV0LWtleS1vZi1ub2JvZHk=";

  /** What was asked: enough of it for a test. */
  record Asked(String method, String path, String query, String authorization, String writeId) {}

  /** What is answered. */
  record Answer(int status, Map<String, String> headers, String body) {
    static Answer error(int status, String code) {
      return new Answer(status, Map.of("x-ms-error-code", code, "x-ms-request-id", "r-1"), "");
    }

    Answer with(String name, String value) {
      var all = new HashMap<>(headers);
      all.put(name, value);
      return new Answer(status, all, body);
    }
  }

  private final HttpServer server;
  private final Function<Asked, Answer> answers;
  private final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());

  FakeAzure(Function<Asked, Answer> answers) {
    this.answers = answers;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var uri = exchange.getRequestURI();
      var request =
          new Asked(
              exchange.getRequestMethod(),
              uri.getPath(),
              uri.getQuery() == null ? "" : uri.getQuery(),
              String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
              String.valueOf(exchange.getRequestHeaders().getFirst("x-ms-meta-raicwrite")));
      exchange.getRequestBody().readAllBytes();
      asked.add(request);
      var answer = answers.apply(request);
      answer.headers().forEach(exchange.getResponseHeaders()::set);
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      boolean hasBody = body.length > 0 && !request.method().equals("HEAD");
      exchange.sendResponseHeaders(answer.status(), hasBody ? body.length : -1);
      if (hasBody) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  List<Asked> asked() {
    return List.copyOf(asked);
  }

  String endpoint() {
    return "http://127.0.0.1:%d/acc".formatted(server.getAddress().getPort());
  }

  /** Opens a store here with {@code more} settings. */
  CloudBackend open(Map<String, String> more) {
    return open(more, Clock.systemUTC());
  }

  CloudBackend open(Map<String, String> more, Clock clock) {
    var settings = new HashMap<>(Map.of("endpoint", endpoint(), "container", "shares"));
    settings.putAll(more);
    return AzureDriver.open("az", Settings.of(AzureDriver.SETTINGS, settings), clock);
  }

  /** Opens a store here that signs with a key. */
  CloudBackend openWithKey() {
    return open(Map.of("account", "acc", "account-key", KEY));
  }

  /** Opens a store here that shows tokens. */
  CloudBackend openWithTokens(EntraCredential.Source source, InstantSource clock) {
    var client =
        new AzureClient(
            "az",
            URI.create(endpoint() + "/shares"),
            new EntraCredential(source, Optional.empty(), clock),
            Clock.systemUTC());
    return new AzureBackend("az", endpoint(), client, new AzurePlace("", Optional.empty(), true));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
