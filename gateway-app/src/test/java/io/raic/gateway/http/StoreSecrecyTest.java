package io.raic.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.raic.gateway.GatewayApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * What shows the gateway to its stores is not in its log, even where everything is logged: the
 * libraries of the stores are turned off by their names.
 */
@SpringBootTest(
    classes = GatewayApplication.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {"raic.needed=2", "raic.total=6", "raic.happy=3"})
@ExtendWith(OutputCaptureExtension.class)
@DirtiesContext // Its stores are there no longer than this class.
class StoreSecrecyTest {
  private static final Path DATA = Scratch.directory("secretive");

  /** What each of the stores is shown, as it goes over the wire. */
  private static final List<String> SECRETS =
      List.of(
          "swift-key-62b1c1",
          "swift-token-93ac07",
          "keystone-password-1f77d2",
          "session-token-c8e4b5",
          "google-token-07f2aa",
          "azureSignature5d30e9",
          "box-token-b64f18");

  private static final Queue<String> SHOWN = new ConcurrentLinkedQueue<>();
  private static final HttpServer STORES = start();

  @Autowired private LoggingSystem logging;
  @LocalServerPort private int port;

  private static HttpServer start() {
    try {
      var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.createContext("/", StoreSecrecyTest::refuse);
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets nobody in, except that the first version of Swift's login gives a token. */
  private static void refuse(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      SHOWN.add(
          "%s %s %s"
              .formatted(exchange.getRequestURI(), exchange.getRequestHeaders().values(), body));
      boolean isLogin = exchange.getRequestURI().getPath().equals("/auth/v1.0");
      if (isLogin) {
        exchange.getResponseHeaders().set("X-Auth-Token", SECRETS.get(1));
        exchange.getResponseHeaders().set("X-Storage-Url", address() + "/v1/AUTH_a");
      }
      exchange.sendResponseHeaders(isLogin ? 200 : 401, -1);
    }
  }

  private static String address() {
    return "http://127.0.0.1:" + STORES.getAddress().getPort();
  }

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    registry.add("raic.data", () -> DATA);
    var providers =
        List.of(
            List.of(
                "type=swift",
                "auth-url=" + address() + "/auth/v1.0",
                "username=a:u",
                "password=" + SECRETS.get(0),
                "container=c"),
            List.of(
                "type=swift",
                "auth-url=" + address() + "/v3",
                "username=u",
                "project-name=p",
                "password=" + SECRETS.get(2),
                "container=c"),
            List.of(
                "type=s3",
                "endpoint=" + address(),
                "region=r",
                "bucket=bucket",
                "access-key-id=id",
                "secret-access-key=key",
                "session-token=" + SECRETS.get(3)),
            List.of("type=gcs", "endpoint=" + address(), "bucket=other", "token=" + SECRETS.get(4)),
            List.of(
                "type=azure",
                "endpoint=" + address() + "/acc",
                "container=shares",
                "sas-token=sv=2021-12-02&sig=" + SECRETS.get(5)),
            List.of(
                "type=box",
                "folder-id=1",
                "auth=developer-token",
                "developer-token=" + SECRETS.get(6),
                "api-address=" + address(),
                "upload-address=" + address()));
    for (int i = 0; i < providers.size(); i++) {
      String entry = "raic.providers[%d].".formatted(i);
      String id = "cloud-" + i;
      registry.add(entry + "id", () -> id);
      for (String setting : providers.get(i)) {
        String[] pair = setting.split("=", 2);
        registry.add(entry + pair[0], () -> pair[1]);
      }
    }
  }

  @AfterAll
  static void stop() {
    STORES.stop(0);
  }

  @Test
  void nothingThatAStoreIsShownIsPrinted(CapturedOutput output) {
    SHOWN.clear();
    try {
      logging.setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.TRACE);
      logging.setLogLevel("io.raic", LogLevel.TRACE);
      // The stores' own server is in this process too, and not in a gateway's.
      logging.setLogLevel("com.sun.net.httpserver", LogLevel.OFF);
      assertThat(new Client(port).put("/uri", Client.bytes(150, 10_000)).status()).isEqualTo(503);
    } finally {
      logging.setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.WARN);
      logging.setLogLevel("io.raic", LogLevel.INFO);
    }
    String shown = String.join("\n", SHOWN);
    assertThat(SECRETS).allSatisfy(secret -> assertThat(shown).contains(secret));
    for (String secret : SECRETS) {
      assertThat(output.getAll().contains(secret))
          .describedAs("%s is in the log", secret)
          .isFalse();
    }
  }
}
