package io.raic.gateway.system;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.raic.gateway.http.Scratch;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** A gateway that is told to stop while it is watched and at work. */
class ShutdownIT {
  private static final byte[] CONTENT = Engine.content(5, 24 << 20);
  private static final int TERMINATED = 128 + 15;

  private final HttpClient http = HttpClient.newHttpClient();

  private HttpResponse<String> get(URI url) {
    try {
      return http.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private String store(GatewayProcess gateway) throws Exception {
    var put = HttpRequest.newBuilder(gateway.url("/uri")).PUT(BodyPublishers.ofByteArray(CONTENT));
    return http.send(put.build(), BodyHandlers.ofString()).body();
  }

  private static Socket connect(GatewayProcess gateway) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
    socket.setSoTimeout(60_000);
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(US_ASCII));
  }

  private static String head(Socket socket) throws IOException {
    var in = socket.getInputStream();
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        return head.toString();
      }
      head.append((char) next);
    }
    return head.toString();
  }

  private static void beginUpload(Socket socket) throws IOException {
    send(
        socket,
        "PUT /uri?random-key=true HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n"
            .formatted(CONTENT.length));
    socket.getOutputStream().write(CONTENT, 0, CONTENT.length / 2);
  }

  private static long shares(Path data) throws IOException {
    try (var files = Files.walk(data)) {
      return files
          .filter(file -> file.toString().contains("/store-"))
          .filter(Files::isRegularFile)
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .count();
    }
  }

  @Test
  void whatHasBegunIsFinishedAndNothingNewIsTaken() throws Exception {
    Path data = Scratch.directory("shutdown");
    try (var gateway = new GatewayProcess.Start().javaOption("-Xmx256m").data(data).now();
        var kept = connect(gateway);
        var upload = connect(gateway)) {
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> get(gateway.watchUrl("/startupz")).statusCode() == 200);
      assertThat(get(gateway.watchUrl("/readyz")).statusCode()).isEqualTo(200);
      send(kept, "GET /uri/URI:LIT:krugkicfnzsc4 HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertThat(head(kept)).startsWith("HTTP/1.1 200");
      beginUpload(upload);
      gateway.askToStop();
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> get(gateway.watchUrl("/readyz")).body().contains("\"stopping\""));
      assertThat(get(gateway.watchUrl("/readyz")).statusCode()).isEqualTo(503);
      assertThat(get(gateway.watchUrl("/livez")).statusCode()).isEqualTo(200);
      assertRefused(kept);
      upload
          .getOutputStream()
          .write(CONTENT, CONTENT.length / 2, CONTENT.length - CONTENT.length / 2);
      assertThat(head(upload)).startsWith("HTTP/1.1 200");
      assertThat(gateway.awaitEnd()).isIn(0, TERMINATED);
      assertThat(gateway.output()).doesNotContain("Exception", " WARN ", " ERROR ");
    }
    assertThat(shares(data)).isEqualTo(5);
    Scratch.remove(data);
  }

  /** Or the connection is closed before: that is up to who is first. */
  private static void assertRefused(Socket kept) throws IOException {
    try {
      // What is left of the first answer.
      kept.getInputStream().skipNBytes(8);
      send(kept, "GET /uri/URI:LIT:krugkicfnzsc4 HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertThat(head(kept)).matches("(?s)(HTTP/1.1 503.*)?");
    } catch (SocketException _) {
      // Closed.
    }
  }

  @Test
  void whatDoesNotEndInTimeLeavesNothingBehind() throws Exception {
    Path data = Scratch.directory("shutdown");
    String cap;
    long before;
    try (var gateway =
            new GatewayProcess.Start()
                .javaOption("-Xmx256m")
                .environment("RAIC_SHUTDOWN_GRACE", "1s")
                .data(data)
                .now();
        var upload = connect(gateway);
        var download = connect(gateway)) {
      cap = store(gateway);
      before = shares(data);
      beginUpload(upload);
      send(download, "GET /uri/%s HTTP/1.1\r\nHost: localhost\r\n\r\n".formatted(cap));
      assertThat(head(download)).startsWith("HTTP/1.1 200");
      gateway.askToStop();
      assertThat(gateway.awaitEnd()).isIn(0, TERMINATED);
      assertThat(gateway.output()).doesNotContain(" ERROR ");
    }
    assertThat(shares(data)).isEqualTo(before);
    try (var gateway = new GatewayProcess.Start().data(data).now()) {
      assertThat(get(gateway.url("/uri/" + cap)).statusCode()).isEqualTo(200);
    }
    Scratch.remove(data);
  }

  @Test
  void aLogForMachinesIsJsonWithTheTrace() throws Exception {
    Path data = Scratch.directory("json-log");
    try (var gateway =
        new GatewayProcess.Start()
            .environment("RAIC_LOG_FORMAT", "json")
            .environment("RAIC_TRACING_ENDPOINT", "http://127.0.0.1:9/v1/traces")
            .data(data)
            .now()) {
      var _ = store(gateway);
      await().atMost(Duration.ofMinutes(1)).until(() -> gateway.output().contains("stored URI:"));
      String line =
          gateway.output().lines().filter(l -> l.contains("stored URI:")).findFirst().orElseThrow();
      var json = JsonMapper.shared().readTree(line);
      assertThat(json.get("message").asString()).startsWith("stored URI:CHK:");
      assertThat(json.get("log").get("level").asString()).isEqualTo("INFO");
      assertThat(json.get("traceId").asString()).matches("[0-9a-f]{32}");
    }
    Scratch.remove(data);
  }

  @Test
  void aLogForPeopleHasNoRoomForTraces() throws Exception {
    Path data = Scratch.directory("text-log");
    try (var gateway = new GatewayProcess.Start().data(data).now()) {
      var _ = store(gateway);
      await().atMost(Duration.ofMinutes(1)).until(() -> gateway.output().contains("stored URI:"));
      assertThat(gateway.output())
          .containsPattern("INFO \\d+ --- \\[raic] \\[[^]]*] \\S+ +: stored URI:CHK:");
    }
    Scratch.remove(data);
  }
}
