package io.raic.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The parts of compose.yaml fit together. */
class ComposeTest {
  private static final Tree FILE = Tree.of(Project.read(Project.ROOT.resolve("compose.yaml")));
  private static final Tree SERVICES = FILE.at("services");
  private static final Tree GATEWAY =
      Tree.of(FILE.at("configs", "gateway", "content").text()).at("raic");

  private static Stream<Map.Entry<String, Tree>> services() {
    return SERVICES.map().entrySet().stream()
        .map(service -> Map.entry(service.getKey(), new Tree(service.getValue())));
  }

  @Test
  void everyImageHasAVersionAndNoHost() {
    assertThat(services().map(service -> service.getValue().at("image").text()))
        .allSatisfy(image -> assertThat(image).matches("([a-z]+/)?[a-z0-9]+:[a-z0-9][^/]*[0-9].*"));
  }

  @Test
  void whateverIsPublishedIsOnLoopback() {
    assertThat(services().flatMap(service -> service.getValue().at("ports").list().stream()))
        .isNotEmpty()
        .allSatisfy(port -> assertThat(port.text()).startsWith("127.0.0.1:"));
    var inside =
        SERVICES.at("gateway", "ports").list().stream()
            .map(port -> port.text().replaceAll(".*:", ""));
    assertThat(inside)
        .containsExactly(GATEWAY.at("port").text(), GATEWAY.at("management", "port").text());
  }

  @Test
  void everyVolumeAndConfigurationIsDeclaredAndUsed() {
    var volumes =
        services()
            .flatMap(service -> service.getValue().at("volumes").list().stream())
            .map(volume -> volume.text().split(":", -1)[0])
            .toList();
    assertThat(volumes.stream().filter(volume -> !volume.startsWith("./")))
        .containsOnlyOnceElementsOf(List.of("gateway", "database"))
        .containsAll(FILE.at("volumes").map().keySet());
    assertThat(FILE.at("volumes").map().keySet())
        .containsAll(volumes.stream().filter(volume -> !volume.startsWith("./")).toList());
    assertThat(volumes.stream().filter(volume -> volume.startsWith("./")))
        .hasSize(2)
        .allSatisfy(file -> assertThat(Project.ROOT.resolve(file)).isRegularFile());
    assertThat(
            services()
                .flatMap(service -> service.getValue().at("configs").list().stream())
                .map(configuration -> configuration.at("source").text())
                .collect(Collectors.toSet()))
        .isEqualTo(FILE.at("configs").map().keySet());
  }

  @Test
  void whoIsWaitedForTellsWhetherItIsWell() {
    services()
        .forEach(service ->
            service
                .getValue()
                .at("depends_on")
                .map()
                .forEach((name, condition) -> {
                  Tree other = SERVICES.at(name);
                  assertThat(other.isThere()).isTrue();
                  if (new Tree(condition).at("condition").text().equals("service_healthy")) {
                    assertThat(other.at("healthcheck", "test").isThere()).isTrue();
                  }
                }));
  }

  @Test
  void theGatewayKnowsFiveStoresOfFiveOperatorsAndTheirKeys() {
    var providers = GATEWAY.at("providers").list();
    assertThat(providers).hasSize(5);
    assertThat(providers).extracting(one -> one.at("operator").text()).doesNotHaveDuplicates();
    var waited = new TreeSet<>(SERVICES.at("gateway", "depends_on").map().keySet());
    assertThat(providers)
        .allSatisfy(provider -> {
          String host = URI.create(provider.at("endpoint").text()).getHost();
          Tree store = SERVICES.at(host);
          Tree environment = store.at("environment");
          assertThat(environment.at("S3PROXY_IDENTITY").text())
              .isEqualTo(provider.at("access-key-id").text());
          assertThat(environment.at("S3PROXY_CREDENTIAL").text())
              .isEqualTo(provider.at("secret-access-key").text());
          assertThat(store.at("volumes", 0).text()).isEqualTo(host + ":/data");
          assertThat(SERVICES.at("buckets", "command").text())
              .contains(host.replace("store-", "/") + "/" + provider.at("bucket").text());
          assertThat(SERVICES.at("buckets", "volumes").text())
              .contains(host + ":" + host.replace("store-", "/"));
          assertThat(waited).contains(host);
        });
  }

  @Test
  void theGatewayKnowsItsDatabase() {
    Tree environment = SERVICES.at("database", "environment");
    Tree database = GATEWAY.at("database");
    assertThat(database.at("url").text())
        .isEqualTo("jdbc:postgresql://database:5432/" + environment.at("POSTGRES_DB").text());
    assertThat(database.at("username").text()).isEqualTo(environment.at("POSTGRES_USER").text());
    assertThat(database.at("password").text())
        .isEqualTo(environment.at("POSTGRES_PASSWORD").text());
  }

  @Test
  void theGatewayIsAsConfinedAsInACluster() {
    Tree gateway = SERVICES.at("gateway");
    assertThat(gateway.at("read_only").value()).isEqualTo(true);
    assertThat(gateway.at("user").text()).isEqualTo("65532:65532");
    assertThat(gateway.at("cap_drop").value()).isEqualTo(List.of("ALL"));
    assertThat(gateway.at("security_opt").value()).isEqualTo(List.of("no-new-privileges:true"));
    assertThat(gateway.at("tmpfs", 0).text()).startsWith("/tmp:exec,");
    assertThat(gateway.at("image").text()).isEqualTo(Chart.of("{}").container().at("image").text());
  }

  @Test
  void prometheusAndGrafanaAreGivenTheFilesOfTheChart() {
    assertThat(SERVICES.at("prometheus", "volumes", 0).text())
        .startsWith("./helm/raic/files/alerts.yaml:");
    Tree job = Tree.of(FILE.at("configs", "prometheus", "content").text()).at("scrape_configs", 0);
    assertThat(job.at("job_name").text()).isEqualTo("raic");
    assertThat(job.at("static_configs", 0, "targets", 0).text())
        .isEqualTo("gateway:" + GATEWAY.at("management", "port").text());
    assertThat(SERVICES.at("grafana", "volumes", 0).text())
        .startsWith("./helm/raic/files/dashboard.json:");
  }
}
