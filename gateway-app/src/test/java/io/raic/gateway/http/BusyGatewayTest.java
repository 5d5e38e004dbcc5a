package io.raic.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.raic.gateway.GatewayApplication;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A gateway with memory for one upload or one download at a time. */
@SpringBootTest(
    classes = GatewayApplication.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "raic.transfers.memory=8MB",
      "raic.transfers.patience=50ms",
      "server.jetty.connection-idle-timeout=4s"
    })
class BusyGatewayTest {
  private static final Path DATA = Scratch.directory("busy");

  /** Many times more than there is memory for. */
  private static final int MANY = 20;

  private static final byte[] CONTENT = Client.bytes(80, 2_000_000);

  @LocalServerPort private int port;
  private final ShareFiles shares = new ShareFiles(DATA);
  private Client client = new Client(0);

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    registry.add("raic.data", () -> DATA);
  }

  @BeforeEach
  void connect() {
    client = new Client(port);
    awaitIdle();
  }

  /** Waits until nothing is being written, and there is memory for something large. */
  private void awaitIdle() {
    await().atMost(Client.DEADLINE).until(() -> shares.temporary() == 0);
    await().atMost(Client.DEADLINE).until(() -> client.put("/uri", CONTENT).status() == 200);
  }

  /** Begins an upload that takes all memory and goes on until it is closed. */
  private Wire beginUpload() throws IOException {
    var wire = Wire.to(port);
    wire.send(
        "PUT /uri?random-key=true HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n"
            .formatted(CONTENT.length));
    wire.send(Client.bytes(81, 1000));
    await().atMost(Client.DEADLINE).until(() -> shares.temporary() == 5);
    return wire;
  }

  /** Waits until nothing is being written. */
  private void assertNothingStored(int before) {
    await().atMost(Client.DEADLINE).until(() -> shares.temporary() == 0);
    assertThat(shares.count()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({
    "PUT, /uri",
    "PUT, /uri?random-key=true",
    "GET, /uri/CAP",
    "HEAD, /uri/CAP",
    "POST, /uri/CAP?t=check&verify=true",
    "POST, /uri/CAP?t=check&repair=true"
  })
  void whatThereIsNoMemoryForIsToComeAgain(String method, String path) throws IOException {
    String cap = client.store(CONTENT);
    var body = method.equals("PUT") ? BodyPublishers.ofByteArray(CONTENT) : BodyPublishers.noBody();
    try (var _ = beginUpload()) {
      var answer = client.send(method, path.replace("CAP", cap), body);
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.header("Retry-After")).matches("\\d+");
      if (!method.equals("HEAD")) {
        assertThat(answer.text()).isEqualTo("too many transfers at once: try again\n");
      }
    }
  }

  @Test
  void whatNeedsNoMemoryIsServed() throws IOException {
    try (var _ = beginUpload()) {
      assertThat(client.get("/uri/URI:LIT:nbswy3dp").text()).isEqualTo("hello");
      assertThat(client.put("/uri", Client.bytes(84, 55)).status()).isEqualTo(200);
    }
  }

  @Test
  void whatIsGoingOnIsNotDisturbed() throws IOException {
    try (var upload = beginUpload()) {
      assertThat(client.put("/uri", CONTENT).status()).isEqualTo(503);
      upload.send(Client.bytes(82, CONTENT.length - 1000));
      assertThat(upload.line()).isEqualTo("HTTP/1.1 200 OK");
    }
  }

  @Test
  void aClientThatSendsEverythingFirstHearsTheStatus() throws IOException {
    try (var _ = beginUpload();
        var wire = Wire.to(port)) {
      wire.send(
          "PUT /uri HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"
              .formatted(CONTENT.length));
      wire.send(CONTENT);
      var received = wire.receive();
      assertThat(received.statusLine()).isEqualTo("HTTP/1.1 503 Service Unavailable");
      assertThat(received.reset()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/uri", "/uri?random-key=true"})
  void aClientThatAsksFirstNeedNotSendAnything(String path) throws IOException {
    try (var _ = beginUpload();
        var wire = Wire.to(port)) {
      wire.send(
          "PUT %s HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 2000000\r\n\r\n"
              .formatted(path));
      assertThat(wire.line()).isEqualTo("HTTP/1.1 503 Service Unavailable");
    }
  }

  @Test
  void clientsThatBreakOffADownloadLeaveNothingBehind() throws IOException {
    String cap = client.store(CONTENT);
    for (int i = 0; i < MANY; i++) {
      try (var wire = Wire.to(port)) {
        wire.send("GET /uri/%s HTTP/1.1\r\nHost: localhost\r\n\r\n".formatted(cap));
        wire.skip(100_000);
        wire.reset();
      }
    }
    await()
        .atMost(Client.DEADLINE)
        .untilAsserted(() -> assertThat(client.read(cap)).isEqualTo(CONTENT));
  }

  @Test
  void clientsThatBreakOffAnUploadLeaveNothingBehind() throws IOException {
    int before = shares.count();
    for (int i = 0; i < MANY; i++) {
      try (var wire = beginUpload()) {
        wire.reset();
      }
      await().atMost(Client.DEADLINE).until(() -> shares.temporary() == 0);
    }
    assertThat(shares.count()).isEqualTo(before);
    assertThat(client.put("/uri?random-key=true", CONTENT).status()).isEqualTo(200);
  }

  @Test
  void anUploadThatEndsEarlyStoresNothing() throws IOException {
    int before = shares.count();
    try (var wire = beginUpload()) {
      wire.endOfRequest();
      var received = wire.receive();
      assertThat(received.statusLine()).isEqualTo("HTTP/1.1 400 Bad Request");
      assertThat(received.text()).isEqualTo("the request's body broke off\n");
    }
    assertNothingStored(before);
  }

  @Test
  void aClientThatStopsReadingIsGivenUp() throws IOException {
    String cap = client.store(Client.bytes(83, 30_000_000));
    try (var wire = Wire.to(port)) {
      wire.send("GET /uri/%s HTTP/1.1\r\nHost: localhost\r\n\r\n".formatted(cap));
      assertThat(wire.line()).isEqualTo("HTTP/1.1 200 OK");
      await().atMost(Client.DEADLINE).until(() -> client.get("/uri/" + cap).status() == 200);
    }
  }

  @Test
  void aClientThatStopsSendingIsGivenUp() throws IOException {
    int before = shares.count();
    try (var wire = beginUpload()) {
      assertThat(wire.line()).isEqualTo("HTTP/1.1 400 Bad Request");
    }
    assertNothingStored(before);
  }
}
