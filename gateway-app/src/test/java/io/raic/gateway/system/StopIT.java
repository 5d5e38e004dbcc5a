package io.raic.gateway.system;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.raic.gateway.http.Scratch;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A gateway that is asked to stop ends what it has begun. */
class StopIT {
  private static final Path DATA = Scratch.directory("stopped");

  /** More than fits into the buffers between the gateway and its client. */
  private static final byte[] CONTENT = Engine.content(1, 24 << 20);

  /** The exit code of a process that has ended at SIGTERM. */
  private static final int TERMINATED = 128 + 15;

  private final HttpClient http = HttpClient.newHttpClient();
  private static GatewayProcess gateway = start();

  private static GatewayProcess start() {
    try {
      return new GatewayProcess.Start().javaOption("-Xmx256m").data(DATA).now();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterAll
  static void remove() throws IOException {
    gateway.close();
    Scratch.remove(DATA);
  }

  private String store() throws Exception {
    var put = HttpRequest.newBuilder(gateway.url("/uri")).PUT(BodyPublishers.ofByteArray(CONTENT));
    return http.send(put.build(), BodyHandlers.ofString()).body();
  }

  private byte[] read(String cap) throws Exception {
    var get = HttpRequest.newBuilder(gateway.url("/uri/" + cap)).build();
    return http.send(get, BodyHandlers.ofByteArray()).body();
  }

  private Socket connect() throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
    socket.setSoTimeout(60_000);
    return socket;
  }

  /** Reads to the end of a head and returns its first line. */
  private static String statusLine(InputStream in) throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      assertThat(next).describedAs("after %s", head).isNotNegative();
      head.append((char) next);
    }
    return head.substring(0, head.indexOf("\r\n"));
  }

  /** Asks the gateway to stop and waits until it takes no new connections. */
  private void beginToStop() {
    gateway.askToStop();
    await().atMost(Duration.ofMinutes(1)).until(this::refusesConnections);
    assertThat(gateway.isAlive()).isTrue();
  }

  private boolean refusesConnections() throws IOException {
    try (var socket = connect()) {
      return socket.isClosed();
    } catch (ConnectException _) {
      return true;
    }
  }

  private static void assertStoppedAndStartsAgain() {
    assertThat(gateway.awaitEnd()).isIn(0, TERMINATED);
    gateway = start();
  }

  @Test
  void aDownloadThatHasBegunIsFinished() throws Exception {
    String cap = store();
    try (var socket = connect()) {
      socket
          .getOutputStream()
          .write(
              "GET /uri/%s HTTP/1.1\r\nHost: localhost\r\n\r\n".formatted(cap).getBytes(US_ASCII));
      var in = socket.getInputStream();
      assertThat(statusLine(in)).isEqualTo("HTTP/1.1 200 OK");
      beginToStop();
      assertThat(in.readNBytes(CONTENT.length)).isEqualTo(CONTENT);
      assertThat(in.read()).isNegative();
    }
    assertStoppedAndStartsAgain();
    assertThat(read(cap)).isEqualTo(CONTENT);
  }

  @Test
  void anUploadThatHasBegunIsFinishedAndAnswered() throws Exception {
    String cap;
    try (var socket = connect()) {
      var out = socket.getOutputStream();
      out.write(
          "PUT /uri?random-key=true HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n"
              .formatted(CONTENT.length)
              .getBytes(US_ASCII));
      // When this much has been taken the gateway is at work with it.
      out.write(CONTENT, 0, CONTENT.length / 2);
      beginToStop();
      out.write(CONTENT, CONTENT.length / 2, CONTENT.length - CONTENT.length / 2);
      var in = socket.getInputStream();
      assertThat(statusLine(in)).isEqualTo("HTTP/1.1 200 OK");
      cap = new String(in.readAllBytes(), US_ASCII);
    }
    assertStoppedAndStartsAgain();
    assertThat(read(cap)).isEqualTo(CONTENT);
  }

  @Test
  void anIdleGatewayStopsAtOnceAndLeavesNothingLocked() throws Exception {
    String cap = store();
    gateway.askToStop();
    assertThat(gateway.awaitEnd()).isIn(0, TERMINATED);
    assertThat(gateway.output()).doesNotContain("Exception", " WARN ", " ERROR ");
    gateway = start();
    assertThat(read(cap)).isEqualTo(CONTENT);
  }
}
