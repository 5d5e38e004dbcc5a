package io.raic.gateway.login;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A provider of logins that is no good. */
class OidcProviderTest {
  private final CountDownLatch end = new CountDownLatch(1);
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(task -> Thread.ofVirtual().start(task));
    server.start();
  }

  @AfterEach
  void stop() {
    end.countDown();
    server.stop(0);
  }

  private OidcProvider provider(Duration deadline) {
    var settings =
        new OidcSettings(
            "http://127.0.0.1:" + server.getAddress().getPort(),
            "raic",
            Optional.empty(),
            Optional.empty(),
            List.of(),
            "groups",
            Map.of(Role.VIEWER, List.of("staff")));
    return new OidcProvider(settings, deadline);
  }

  private void stall(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().write('{');
    exchange.getResponseBody().flush();
    try {
      end.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    exchange.close();
  }

  @Test
  @Timeout(60)
  void anAnswerThatNeverEndsIsGivenUp() {
    server.createContext("/", this::stall);
    assertThatThrownBy(() -> provider(Duration.ofMillis(300)).findByRegistrationId(OidcProvider.ID))
        .isInstanceOf(IllegalStateException.class)
        .hasCauseInstanceOf(TimeoutException.class);
  }

  @Test
  @Timeout(60)
  void anAnswerWithoutMeasureIsGivenUp() {
    server.createContext("/", OidcProviderTest::flood);
    assertThatThrownBy(() -> provider(Duration.ofMinutes(5)).findByRegistrationId(OidcProvider.ID))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("cannot be asked");
  }

  private static void flood(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    byte[] some = new byte[8192];
    while (true) {
      exchange.getResponseBody().write(some);
    }
  }
}
