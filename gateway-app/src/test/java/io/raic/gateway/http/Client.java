package io.raic.gateway.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Random;

/** What tests ask of a gateway over HTTP, with a client that follows no redirect. */
final class Client {
  /** Far more than anything takes; a test that hangs fails all the same. */
  static final Duration DEADLINE = Duration.ofSeconds(60);

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final int port;

  Client(int port) {
    this.port = port;
  }

  /** What came back. */
  static final class Answer {
    private final int status;
    private final HttpHeaders headers;
    private final byte[] body;

    private Answer(int status, HttpHeaders headers, byte[] body) {
      this.status = status;
      this.headers = headers;
      this.body = body;
    }

    int status() {
      return status;
    }

    HttpHeaders headers() {
      return headers;
    }

    /** Returns a header, empty if there is none. */
    String header(String name) {
      return headers.firstValue(name).orElse("");
    }

    byte[] body() {
      return body.clone();
    }

    String text() {
      return new String(body, UTF_8);
    }
  }

  /** Sends a request; {@code headers} are names and values in turn. */
  Answer send(String method, String path, BodyPublisher body, String... headers) {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path)))
            .timeout(DEADLINE)
            .method(method, body);
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      var response = HTTP.send(request.build(), BodyHandlers.ofByteArray());
      return new Answer(response.statusCode(), response.headers(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  Answer get(String path, String... headers) {
    return send("GET", path, BodyPublishers.noBody(), headers);
  }

  Answer head(String path, String... headers) {
    return send("HEAD", path, BodyPublishers.noBody(), headers);
  }

  Answer put(String path, byte[] body, String... headers) {
    return send("PUT", path, BodyPublishers.ofByteArray(body), headers);
  }

  Answer post(String path, String... headers) {
    return send("POST", path, BodyPublishers.noBody(), headers);
  }

  Answer post(String path, byte[] body, String... headers) {
    return send("POST", path, BodyPublishers.ofByteArray(body), headers);
  }

  /** Stores {@code content} and returns its capability. */
  String store(byte[] content) {
    var answer = put("/uri", content);
    assertThat(answer.text()).startsWith("URI:");
    assertThat(answer.status()).isEqualTo(200);
    return answer.text();
  }

  /** Returns the whole of a file, which must be there. */
  byte[] read(String cap) {
    var answer = get("/uri/" + cap);
    assertThat(answer.status()).describedAs(() -> answer.text()).isEqualTo(200);
    return answer.body();
  }

  /** Returns {@code text} as it has to stand in a path or a query. */
  static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  /** Returns bytes that depend on nothing but {@code seed}. */
  static byte[] bytes(long seed, int size) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }
}
