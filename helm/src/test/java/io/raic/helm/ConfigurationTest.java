package io.raic.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The gateway's configuration says what the values say, and no credential. */
class ConfigurationTest {
  private static final String PROVIDERS =
      """
      providers:
        - id: north
          type: s3
          operator: north-hosting
          jurisdiction: SE
          settings: {bucket: shares, endpoint: "https://north.example.net", access-key-id: raic}
          limits: {max-bytes: 2TB}
          prices: {egress-gb: 0.01}
          secrets:
            - {setting: secret-access-key, existingSecret: north, key: key}
            - {setting: session-token, existingSecret: north-session, key: token, as: env}
      """;

  private static final String EVERYTHING =
      PROVIDERS
          + """
          database: {url: "jdbc:postgresql://db:5432/raic", username: raic, existingSecret: db, key: pw}
          tls: {existingSecret: cert}
          gateway:
            happy: 4
            hostNames: [raic.example.net]
            tracingEndpoint: http://collector:4318/v1/traces
            admin: {oidc: {issuer: "https://login.example.net", clientId: raic, existingSecret: oidc}}
            convergence: {existingSecret: converge}
            settings: {transfers: {memory: 512MB}, log: {format: text}}
          """;

  private static final Chart CHART = Chart.of(EVERYTHING);

  @Test
  void theValuesBecomeSettings() {
    Tree raic = CHART.configuration();
    assertThat(raic.at("happy").value()).isEqualTo(4);
    assertThat(raic.at("auth").value()).isEqualTo(Map.of("mode", "token"));
    assertThat(raic.at("host-names").value()).isEqualTo(List.of("raic.example.net"));
    assertThat(raic.at("tracing", "endpoint").text()).isEqualTo("http://collector:4318/v1/traces");
    assertThat(raic.at("database", "url").text()).isEqualTo("jdbc:postgresql://db:5432/raic");
    assertThat(raic.at("transfers", "memory").text()).isEqualTo("512MB");
    assertThat(raic.at("log", "format").text()).isEqualTo("text");
    assertThat(CHART.container().at("args").value())
        .isEqualTo(List.of("serve", "--config", "/etc/raic/application.yaml"));
  }

  @Test
  void whatIsNotSetIsLeftToTheGateway() {
    Tree raic = Chart.of("{}").configuration();
    assertThat(raic.map().keySet())
        .containsExactlyInAnyOrder(
            "address",
            "port",
            "data",
            "needed",
            "total",
            "auth",
            "admin",
            "management",
            "shutdown",
            "log");
  }

  @Test
  void aProviderIsWhatItIsTold() {
    Tree provider = CHART.configuration().at("providers", 0);
    assertThat(provider.value())
        .isEqualTo(
            Map.ofEntries(
                Map.entry("id", "north"),
                Map.entry("type", "s3"),
                Map.entry("operator", "north-hosting"),
                Map.entry("jurisdiction", "SE"),
                Map.entry("bucket", "shares"),
                Map.entry("endpoint", "https://north.example.net"),
                Map.entry("access-key-id", "raic"),
                Map.entry("limits", Map.of("max-bytes", "2TB")),
                Map.entry("prices", Map.of("egress-gb", 0.01)),
                Map.entry(
                    "secret-access-key-file", "/etc/raic/secrets/provider-0/secret-access-key"),
                Map.entry("session-token", "${PROVIDER_0_SESSION_TOKEN}")));
  }

  @Test
  void secretsThatAreFilesAreWhereTheConfigurationLooks() {
    Tree volume = CHART.pod().at("volumes").named("secrets").at("projected");
    assertThat(volume.at("defaultMode").value()).isEqualTo(0440);
    assertThat(volume.at("sources").list())
        .extracting(source -> source.at("secret", "name").text())
        .containsExactly("north", "db", "oidc", "cert");
    String mount = CHART.container().at("volumeMounts").named("secrets").at("mountPath").text();
    var paths =
        volume.at("sources").list().stream()
            .flatMap(source -> source.at("secret", "items").list().stream())
            .map(item -> mount + "/" + item.at("path").text());
    Tree raic = CHART.configuration();
    assertThat(paths)
        .containsExactly(
            raic.at("providers", 0, "secret-access-key-file").text(),
            raic.at("database", "password-file").text(),
            raic.at("admin", "oidc", "client-secret-file").text(),
            raic.at("tls", "certificate").text(),
            raic.at("tls", "key").text());
  }

  @Test
  void secretsThatAreVariablesComeFromTheirSecret() {
    assertThat(CHART.container().at("env").named("PROVIDER_0_SESSION_TOKEN").value())
        .isEqualTo(
            Map.of(
                "name",
                "PROVIDER_0_SESSION_TOKEN",
                "valueFrom",
                Map.of("secretKeyRef", Map.of("name", "north-session", "key", "token"))));
  }

  @Test
  void gatewaysCanShareAConvergenceSecret() {
    assertThat(CHART.container().at("volumeMounts").named("convergence").at("mountPath").text())
        .isEqualTo(CHART.configuration().at("data").text() + "/private");
    assertThat(CHART.pod().at("volumes").named("convergence").at("secret", "items", 0).value())
        .isEqualTo(Map.of("key", "convergence", "path", "convergence"));
  }

  @Test
  void aNewConfigurationMakesNewPods() {
    assertThat(checksum(Chart.of("{}")))
        .isEqualTo(checksum(Chart.of("{replicas: 0}")))
        .isNotEqualTo(checksum(Chart.of("{gateway: {happy: 5}}")));
  }

  private static String checksum(Chart chart) {
    String sum =
        chart
            .the("Deployment")
            .at("spec", "template", "metadata", "annotations", "checksum/config")
            .text();
    assertThat(sum).matches("[0-9a-f]{64}");
    return sum;
  }

  @Test
  void aTrustStoreReplacesJavas() {
    var chart = Chart.of("{trustStore: {existingConfigMap: ours}}");
    assertThat(chart.container().at("env").named("JDK_JAVA_OPTIONS").at("value").text())
        .contains("-Djavax.net.ssl.trustStore=/etc/raic/trust/truststore.p12")
        .contains("-XX:MaxRAMPercentage=");
    assertThat(chart.pod().at("volumes").named("trust").at("configMap", "name").text())
        .isEqualTo("ours");
  }
}
