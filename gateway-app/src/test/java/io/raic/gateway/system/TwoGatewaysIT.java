package io.raic.gateway.system;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.raic.cloud.testbed.S3ProxyServer;
import io.raic.gateway.access.Token;
import io.raic.gateway.access.Tokens;
import io.raic.gateway.audit.AuditLog;
import io.raic.gateway.audit.Outcome;
import io.raic.gateway.audit.Verification;
import io.raic.gateway.catalog.Catalog;
import io.raic.gateway.http.Scratch;
import io.raic.gateway.provider.StandingOrders;
import io.raic.gateway.schedule.VirtualThreads;
import io.raic.gateway.state.Database;
import io.raic.gateway.state.DatabaseSettings;
import io.raic.gateway.state.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Two gateways on one PostgreSQL and the same stores, one of which is killed. */
class TwoGatewaysIT {
  private static final InstantSource CLOCK = InstantSource.system();
  private static final Duration SOON = Duration.ofSeconds(30);

  private static final String RUN = "two-gateways/" + UUID.randomUUID();

  private final S3ProxyServer server = S3ProxyServer.shared();
  private final Path directory = Scratch.directory("two-gateways");
  private final DatabaseSettings settings = TestDatabase.POSTGRESQL.fresh(directory);
  private final HttpClient http = HttpClient.newHttpClient();

  private GatewayProcess start(String name) throws IOException {
    Path config = directory.resolve(name + ".yaml");
    var text = new StringBuilder();
    text.append("raic:\n  auth: {mode: token}\n");
    text.append("  database: {url: \"%s\", username: postgres}\n".formatted(url()));
    text.append("  providers:\n");
    for (int i = 1; i <= 5; i++) {
      text.append(store("store-" + i));
    }
    Files.writeString(config, text);
    return new GatewayProcess.Start()
        .javaOption("-Xmx256m")
        .config(config)
        .data(directory.resolve(name))
        .now();
  }

  private String url() {
    return settings.url().orElseThrow();
  }

  /** A directory is for one gateway at a time. */
  private String store(String id) {
    return """
        - {id: %s, type: s3, endpoint: "%s", bucket: %s, prefix: "%s/%s",
           access-key-id: %s, secret-access-key: %s}
    """
        .formatted(
            id,
            server.endpoint(),
            server.bucket(),
            RUN,
            id,
            server.accessKey(),
            server.secretKey());
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request, Optional<String> token)
      throws Exception {
    token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
    return http.send(request.timeout(Duration.ofMinutes(1)).build(), BodyHandlers.ofByteArray());
  }

  private String store(GatewayProcess gateway, byte[] content, String token) throws Exception {
    var put = HttpRequest.newBuilder(gateway.url("/uri")).PUT(BodyPublishers.ofByteArray(content));
    var answer = send(put, Optional.of(token));
    assertThat(answer.statusCode()).isEqualTo(200);
    return new String(answer.body(), US_ASCII);
  }

  private HttpResponse<byte[]> read(GatewayProcess gateway, String cap, Optional<String> token)
      throws Exception {
    return send(HttpRequest.newBuilder(gateway.url("/uri/" + cap)), token);
  }

  private String ready(GatewayProcess gateway) throws Exception {
    URI url = gateway.watchUrl("/health/cluster");
    return http.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString()).body();
  }

  @Test
  void whatOneIsToldTheOtherKnowsAndGoesOnWithWhenTheFirstIsKilled() throws Exception {
    byte[] content = Engine.content(3, 300_000);
    try (var first = start("first");
        var second = start("second");
        var database = Database.open(settings)) {
      var tokens = new Tokens(database, CLOCK, new SecureRandom());
      String token =
          tokens
              .create(
                  "test",
                  "backup",
                  new Token.Rights(Optional.empty(), false, OptionalLong.of(500_000)))
              .reveal();

      String cap = store(first, content, token);
      assertThat(read(second, cap, Optional.of(token)).body()).isEqualTo(content);
      assertThat(read(second, cap, Optional.empty()).statusCode()).isEqualTo(401);

      // The quota is one for both.
      var over =
          HttpRequest.newBuilder(second.url("/uri")).PUT(BodyPublishers.ofByteArray(content));
      assertThat(send(over, Optional.of(token)).statusCode()).isEqualTo(507);
      assertThat(new Catalog(database).histogram().all().items()).isEqualTo(1);

      first.kill();

      assertThat(read(second, cap, Optional.of(token)).body()).isEqualTo(content);
      store(second, Engine.content(4, 100_000), token);
      assertThat(new Catalog(database).histogram().all().items()).isEqualTo(2);
      var audit = new AuditLog(database, CLOCK);
      audit.append("cli:test", "token.revoke", "backup", Outcome.DONE);
      assertThat(Verification.of(audit, Optional.empty()).isGood()).isTrue();
      tokens.revoke("test", "backup");
      await().atMost(SOON).until(() -> read(second, cap, Optional.of(token)).statusCode() == 401);
    }
    Scratch.remove(directory);
  }

  @Test
  void anOrderThatOneWasGivenHoldsForBothAndForTheOneThatComesBack() throws Exception {
    try (var first = start("first");
        var second = start("second");
        var database = Database.open(settings)) {
      // As the dashboard of any gateway gives it.
      var orders = new StandingOrders(database, List.of(), CLOCK, new VirtualThreads());
      orders.pauseWrites("store-1", "moving");

      await().atMost(SOON).until(() -> ready(first).contains("store-1"));
      await().atMost(SOON).until(() -> ready(second).contains("store-1"));
      first.kill();
      try (var again = start("first")) {
        assertThat(ready(again)).contains("store-1");
        orders.resumeWrites("store-1");
        await().atMost(SOON).until(() -> !ready(again).contains("store-1"));
      }
    }
    Scratch.remove(directory);
  }
}
