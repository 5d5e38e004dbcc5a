package io.raic.gateway.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.raic.gateway.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A gateway that answers what the test says, and remembers what it was asked. */
final class FakeGateway implements AutoCloseable {
  /** Answers a request whose body is read already. */
  interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  /**
   * A request that came.
   *
   * @param line method, path and query, as sent
   * @param headers its headers
   * @param body its body as Latin 1
   */
  record Request(String line, Headers headers, String body) {}

  private final HttpServer server;
  private final List<Request> requests = new CopyOnWriteArrayList<>();

  FakeGateway(Answer answer) throws IOException {
    this(HttpServer.create(anyPort(), 0), answer);
  }

  private FakeGateway(HttpServer server, Answer answer) {
    this.server = server;
    server.setExecutor(task -> Thread.ofVirtual().start(task));
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            String line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            byte[] body = exchange.getRequestBody().readAllBytes();
            requests.add(
                new Request(line, exchange.getRequestHeaders(), new String(body, ISO_8859_1)));
            answer.to(exchange);
          }
        });
    server.start();
  }

  /** Starts one that shows {@code certificate}. */
  static FakeGateway withTls(TestCertificate certificate, Answer answer) throws IOException {
    var server = HttpsServer.create(anyPort(), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));
    return new FakeGateway(server, answer);
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  /** Returns an answer with this status and text. */
  static Answer text(int status, String text) {
    return bytes(status, text.getBytes(UTF_8));
  }

  /** Returns an answer with this status and body. */
  static Answer bytes(int status, byte[] body) {
    return exchange -> {
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    };
  }

  /** Returns an answer that promises more than it sends before the connection breaks. */
  static Answer cutOff(byte[] start, long promised) {
    return exchange -> {
      exchange.sendResponseHeaders(200, promised);
      exchange.getResponseBody().write(start);
      exchange.getResponseBody().flush();
    };
  }

  String url() {
    return (server instanceof HttpsServer ? "https" : "http")
        + "://127.0.0.1:"
        + server.getAddress().getPort();
  }

  List<Request> requests() {
    return new ArrayList<>(requests);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
