package io.raic.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.tracing.Tracer;
import io.opentelemetry.api.OpenTelemetry;
import io.raic.cloud.Operation;
import io.raic.cloud.memory.Fault;
import io.raic.cloud.memory.MemoryBackend;
import io.raic.gateway.GatewayApplication;
import io.raic.gateway.provider.Drivers;
import io.raic.gateway.provider.TestDrivers;
import io.raic.gateway.watch.FileCounts;
import io.raic.gateway.watch.FileCounts.Redundancy;
import io.raic.gateway.watch.TokenUsage;
import io.raic.gateway.watch.WatchServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.bean.override.convention.TestBean;

/** What those see that watch a gateway over five stores that can be made to fail. */
@SpringBootTest(
    classes = GatewayApplication.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {"raic.circuits.minimum-calls=1", "raic.circuits.probe-interval=1s"})
@Import(WatchedGatewayTest.Others.class)
class WatchedGatewayTest {
  private static final Path DATA = Scratch.directory("watched");
  private static final String SECRET = "correcthorsebatterystaple";
  private static final Map<String, MemoryBackend> STORES = new ConcurrentHashMap<>();
  private static final AtomicBoolean HAS_DATABASE = new AtomicBoolean(true);
  private static final byte[] CONTENT = Client.bytes(300, 200_000);

  @TestBean
  @SuppressWarnings("UnusedVariable") // It takes the place of the bean.
  private @Nullable Drivers drivers;

  @LocalServerPort private int port;
  @Autowired private WatchServer server;
  @Autowired private ApplicationContext context;
  private Client client = new Client(0);
  private Client watcher = new Client(0);

  static Drivers drivers() {
    return TestDrivers.withVault(id -> STORES.computeIfAbsent(id, MemoryBackend::new));
  }

  /** What the catalog and the tokens would say. */
  @TestConfiguration
  static class Others {
    @Bean
    @Primary
    FileCounts someFiles() {
      return new FileCounts() {
        @Override
        public Map<Redundancy, Long> byRedundancy() {
          requireDatabase();
          return Map.of(Redundancy.FULL, 12L, Redundancy.CRITICAL, 3L);
        }

        @Override
        public long unreadableWithout(String provider) {
          requireDatabase();
          return provider.equals("cloud-5") ? 3 : 0;
        }
      };
    }

    @Bean
    @Primary
    TokenUsage someTokens() {
      return () -> {
        requireDatabase();
        return List.of(new TokenUsage.OfToken("backup", 5, OptionalLong.of(500)));
      };
    }

    private static void requireDatabase() {
      if (!HAS_DATABASE.get()) {
        throw new IllegalStateException("the database is down");
      }
    }
  }

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    registry.add("raic.data", () -> DATA);
    for (int i = 0; i < 5; i++) {
      String provider = "raic.providers[%d].".formatted(i);
      String id = "cloud-" + (i + 1);
      registry.add(provider + "id", () -> id);
      registry.add(provider + "type", () -> "vault");
      registry.add(provider + "bucket", () -> "bucket");
      registry.add(provider + "secret-access-key", () -> SECRET);
    }
    registry.add("raic.providers[0].limits.max-bytes", () -> "1GB");
    registry.add("raic.providers[0].limits.requests-per-month", () -> "100000");
  }

  @BeforeEach
  void connect() {
    client = new Client(port);
    watcher = new Client(server.listeningPort().orElseThrow());
    STORES.values().forEach(store -> store.faults().clear());
    HAS_DATABASE.set(true);
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> watcher.get("/readyz").text().contains("\"status\":\"ready\""));
  }

  private String scrape() {
    var answer = watcher.get("/actuator/prometheus");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).startsWith("text/plain; version=0.0.4");
    return answer.text();
  }

  private static MemoryBackend store(String id) {
    return Objects.requireNonNull(STORES.get(id));
  }

  /** Makes a store fail, and has the gateway notice. */
  private void breakStore(String id, String cap) {
    store(id).faults().setAll(Fault.unavailable());
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> {
          client.post("/uri/" + cap + "?t=check");
          return scrape().contains(closed(id, "read", 0));
        });
  }

  private static String closed(String id, String kind, int value) {
    return "raic_provider_circuit_state{kind=\"%s\",provider=\"%s\",state=\"closed\"} %d.0"
        .formatted(kind, id, value);
  }

  @Test
  void aProviderThatFailsIsSeenAndSoIsALostQuorum() {
    String cap = client.store(CONTENT);
    assertThat(scrape())
        .contains(closed("cloud-1", "read", 1), "raic_read_quorum 1.0", "raic_write_quorum 1.0");
    assertThat(watcher.get("/health/cluster?without=cloud-1").status()).isEqualTo(200);

    breakStore("cloud-1", cap);
    assertThat(scrape()).contains(closed("cloud-1", "read", 0), closed("cloud-2", "read", 1));
    assertThat(watcher.get("/readyz").text())
        .startsWith("{\"status\":\"degraded\"")
        .contains("cloud-1: reading is stopped: ");
    assertThat(watcher.get("/health/cluster?without=cloud-1").status()).isEqualTo(200);
    var other = watcher.get("/health/cluster?without=cloud-2");
    assertThat(other.status()).isEqualTo(503);
    assertThat(other.text()).contains("\"status\":\"not safe\"", "no file can be stored safely");

    breakStore("cloud-2", cap);
    var belowWriting = watcher.get("/readyz");
    assertThat(belowWriting.status()).isEqualTo(200);
    assertThat(belowWriting.text()).contains("\"status\":\"below write quorum\"");
    assertThat(scrape()).contains("raic_read_quorum 1.0", "raic_write_quorum 0.0");

    breakStore("cloud-3", cap);
    var belowReading = watcher.get("/readyz");
    assertThat(belowReading.status()).isEqualTo(503);
    assertThat(belowReading.text())
        .contains(
            "\"status\":\"below read quorum\"", "2 shares of a file are in reach, 3 are needed");
    assertThat(scrape()).contains("raic_read_quorum 0.0");
    assertThat(watcher.get("/livez").status()).isEqualTo(200);
    assertThat(watcher.get("/health/cluster").status()).isEqualTo(503);
  }

  @Test
  void whatTheCatalogKnowsCounts() {
    var without = watcher.get("/health/cluster?without=cloud-5");
    assertThat(without.status()).isEqualTo(503);
    assertThat(without.text()).contains("\"status\":\"not safe\"", "\"unreadable_files\":3");
    assertThat(watcher.get("/health/cluster?without=nobody").status()).isEqualTo(404);
  }

  @Test
  void aDatabaseThatIsDownTakesOnlyWhatItKnowsWithIt() {
    HAS_DATABASE.set(false);
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> {
          String all = scrape();
          assertThat(all).contains("raic_read_quorum 1.0");
          return !all.contains("raic_files{") && !all.contains("raic_token_stored_bytes{");
        });
    var unknown = watcher.get("/health/cluster?without=cloud-4");
    assertThat(unknown.status()).isEqualTo(503);
    assertThat(unknown.text()).contains("\"status\":\"unknown\"");
  }

  @Test
  void aScrapeHasEveryNameAndNoSecret() {
    var capabilities = useEverything();
    String all = scrape();
    assertThat(all)
        .contains(
            closed("cloud-2", "write", 1),
            "raic_provider_operation_seconds_bucket{",
            "operation=\"commit\",outcome=\"done\",provider=\"cloud-2\",le=\"0.001024\"}",
            "operation=\"begin\",outcome=\"failed\"",
            "raic_provider_operation_seconds_count{",
            "raic_provider_errors_total{error=\"unavailable\",operation=\"begin\"",
            "raic_provider_bytes_total{direction=\"read\",provider=\"cloud-3\"}",
            "raic_provider_bytes_total{direction=\"write\",provider=\"cloud-3\"}",
            "raic_provider_stored_bytes{provider=\"cloud-1\"}",
            "raic_provider_stored_bytes_limit{provider=\"cloud-1\"} 1.073741824E9",
            "raic_provider_requests_used{provider=\"cloud-1\"}",
            "raic_provider_requests_limit{provider=\"cloud-1\"} 100000.0",
            "raic_database_up 1.0",
            "raic_files{redundancy=\"full\"} 12.0",
            "raic_files{redundancy=\"lost\"} 0.0",
            "raic_catalog_missed_total 0.0",
            "raic_extra_requests_total ",
            "raic_repairs_total{outcome=\"repaired\"} ",
            "raic_memory_budget_bytes ",
            "raic_memory_budget_used_bytes 0.0",
            "raic_transfers_running{direction=\"up\"} 0.0",
            "raic_transfers_running{direction=\"down\"} 0.0",
            "raic_transfer_bytes_total{direction=\"up\"} ",
            "raic_transfer_bytes_total{direction=\"down\"} ",
            "raic_token_quota_bytes{token=\"backup\"} 500.0",
            "raic_token_stored_bytes{token=\"backup\"} 5.0",
            "http_server_requests_seconds_bucket{",
            "uri=\"/uri/{cap}\"")
        .doesNotContain("raic_verify_failures_total 0.0", "URI:", "nonsense", SECRET);
    capabilities.stream()
        .flatMap(cap -> Stream.of(cap.split("[:%]", -1)))
        .filter(field -> field.matches("[a-z2-7]{20,}"))
        .forEach(field -> assertThat(all.contains(field)).isFalse());
  }

  private List<String> useEverything() {
    var capabilities = new ArrayList<String>();
    String cap = client.store(CONTENT);
    capabilities.add(cap);
    capabilities.add(DownloadTest.verifyCap(cap));
    capabilities.add(client.put("/uri?random-key=true", CONTENT).text());
    assertThat(client.read(cap)).isEqualTo(CONTENT);
    client.get("/uri/" + cap, "Range", "bytes=10-20");
    client.get("/nonsense/" + cap);
    client.get("/uri?uri=" + cap);
    client.put("/uri/" + cap, CONTENT);
    client.post("/uri/" + cap + "?t=nonsense");
    var broken = store("cloud-4");
    for (var key : broken.objects().keys()) {
      byte[] share = broken.objects().bytes(key).orElseThrow();
      share[share.length / 2] ^= 1;
      broken.objects().put(key, share);
    }
    store("cloud-3").objects().clear();
    assertThat(client.post("/uri/" + cap + "?t=check&verify=true&repair=true").status())
        .isEqualTo(200);
    broken.faults().set(Operation.BEGIN, Fault.unavailable());
    client.put("/uri?random-key=true", CONTENT);
    return capabilities;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/actuator", "/actuator/env", "/actuator/health", "/uri", "/health", "/x"})
  void nothingElseIsThere(String path) {
    assertThat(watcher.get(path).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/livez", "/readyz", "/startupz", "/health/cluster", "/actuator"})
  void nothingOfItIsOnTheGatewaysOwnPort(String path) {
    assertThat(client.get(path).status()).isEqualTo(404);
    assertThat(client.get("/actuator/prometheus").status()).isEqualTo(404);
  }

  @Test
  void itOnlyAnswersQuestions() {
    assertThat(watcher.post("/readyz").status()).isEqualTo(405);
    assertThat(watcher.get("/startupz").text()).startsWith("{\"status\":\"started\"");
    assertThat(watcher.head("/livez").status()).isEqualTo(200);
  }

  @Test
  void withoutAPlaceForTracesNothingMakesThem() {
    assertThat(context.getBeanNamesForType(OpenTelemetry.class)).isEmpty();
    assertThat(context.getBean(Tracer.class)).isSameAs(Tracer.NOOP);
  }
}
