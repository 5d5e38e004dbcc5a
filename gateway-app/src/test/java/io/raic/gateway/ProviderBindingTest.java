package io.raic.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.raic.gateway.provider.GivenSettings;
import io.raic.gateway.provider.Place;
import io.raic.gateway.provider.ProviderSettings;
import io.raic.gateway.provider.TestDrivers;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** The entries of raic.providers arrive whole, wherever they stand, and show no secret. */
@ExtendWith(OutputCaptureExtension.class)
class ProviderBindingTest {
  private static final String SECRET = "hunter2hunter2";

  @TempDir private Path directory;

  @AfterEach
  void quieten() {
    var logging = LoggingSystem.get(ProviderBindingTest.class.getClassLoader());
    logging.setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.WARN);
    logging.setLogLevel("org.springframework", LogLevel.WARN);
  }

  private static ProviderSettings read(GivenSettings given) {
    return ProviderSettings.read(given, new Place.Configured(0), TestDrivers.withVault());
  }

  private static void assertWhole(ProviderSettings provider) {
    assertThat(provider.id()).isEqualTo("north");
    assertThat(provider.operator()).isEqualTo("North Hosting");
    assertThat(provider.jurisdiction()).contains("NL");
    assertThat(provider.limits().requestsPerSecond()).contains(50.0);
    assertThat(provider.limits().bytesPerSecond()).contains(20L << 20);
    assertThat(provider.prices().words())
        .containsEntry("egress-gb", "0.09")
        .containsEntry("put-1000", "0.005");
    assertThat(provider.settings().values()).contains("b", SECRET);
  }

  private GatewayProperties properties(String name, String content) throws IOException {
    var config = Files.writeString(directory.resolve(name), content);
    return bind(Map.of("spring.config.additional-location", config.toUri().toString()));
  }

  private static GatewayProperties bind(Map<String, Object> settings) {
    return GatewayConfiguration.properties(settings);
  }

  @Test
  void fromYaml() throws IOException {
    var properties =
        properties(
            "raic.yaml",
            """
            raic:
              providers:
                - id: north
                  type: vault
                  operator: North Hosting
                  jurisdiction: nl
                  bucket: b
                  secret-access-key: %s
                  limits:
                    bandwidth: 20MB
                    requests-per-second: 50
                  prices: {egress-gb: 0.09, put-1000: 0.005}
                - id: south
                  path: /x
            """
                .formatted(SECRET));
    assertThat(properties.providers()).hasSize(2);
    assertWhole(read(properties.providers().getFirst()));
    assertThat(properties.toString() + properties.providers()).doesNotContain(SECRET);
  }

  @Test
  void fromProperties() throws IOException {
    var properties =
        properties(
            "raic.properties",
            """
            raic.providers[0].id=north
            raic.providers[0].type=vault
            raic.providers[0].operator=North Hosting
            raic.providers[0].jurisdiction=NL
            raic.providers[0].bucket=b
            raic.providers[0].secret_access_key=%s
            raic.providers[0].limits.bandwidth=20MB/s
            raic.providers[0].limits.requestsPerSecond=50
            raic.providers[0].prices.egress-gb=0.09
            raic.providers[0].prices.put-1000=0.005
            """
                .formatted(SECRET));
    assertWhole(read(properties.providers().getFirst()));
  }

  @Test
  void fromSettingsThatWinOverFiles() {
    var settings = new HashMap<String, Object>();
    settings.put("raic.providers[0].id", "north");
    settings.put("raic.providers[0].type", "vault");
    settings.put("raic.providers[0].operator", "North Hosting");
    settings.put("raic.providers[0].jurisdiction", "NL");
    settings.put("raic.providers[0].bucket", "b");
    settings.put("raic.providers[0].secret-access-key", SECRET);
    settings.put("raic.providers[0].limits.bandwidth", "20MB");
    settings.put("raic.providers[0].limits.requests-per-second", "50");
    settings.put("raic.providers[0].prices.egress-gb", "0.09");
    settings.put("raic.providers[0].prices.put-1000", "0.005");
    assertWhole(read(bind(settings).providers().getFirst()));
  }

  @Test
  void fromSystemProperties() {
    System.setProperty("raic.providers[0].id", "north");
    System.setProperty("raic.providers[0].secret-access-key", SECRET);
    try {
      assertThat(bind(Map.of()).providers().getFirst())
          .containsEntry("secret-access-key", SECRET)
          .hasSize(2);
    } finally {
      System.clearProperty("raic.providers[0].id");
      System.clearProperty("raic.providers[0].secret-access-key");
    }
  }

  private static GatewayProperties environment(Map<String, Object> variables) {
    var environment = new StandardEnvironment();
    environment.getPropertySources().remove("systemProperties");
    environment
        .getPropertySources()
        .replace(
            "systemEnvironment",
            new SystemEnvironmentPropertySource("systemEnvironment", variables));
    environment.getPropertySources().addLast(new MapPropertySource("none", Map.of()));
    return Binder.get(environment).bind("raic", GatewayProperties.class).get();
  }

  @Test
  void fromTheEnvironmentWhoseNamesHaveNoDashes() {
    var variables = new HashMap<String, Object>();
    variables.put("RAIC_PROVIDERS_0_ID", "north");
    variables.put("RAIC_PROVIDERS_0_TYPE", "vault");
    variables.put("RAIC_PROVIDERS_0_OPERATOR", "North Hosting");
    variables.put("RAIC_PROVIDERS_0_JURISDICTION", "NL");
    variables.put("RAIC_PROVIDERS_0_BUCKET", "b");
    variables.put("RAIC_PROVIDERS_0_SECRETACCESSKEY", SECRET);
    variables.put("RAIC_PROVIDERS_0_LIMITS_BANDWIDTH", "20MB");
    variables.put("RAIC_PROVIDERS_0_LIMITS_REQUESTSPERSECOND", "50");
    variables.put("RAIC_PROVIDERS_0_PRICES_EGRESSGB", "0.09");
    variables.put("RAIC_PROVIDERS_0_PRICES_PUT_1000", "0.005");
    variables.put("RAIC_PROVIDERS_1_ID", "south");
    variables.put("RAIC_PROVIDERS_1_TYPE", "vault");
    variables.put("RAIC_PROVIDERS_1_BUCKET", "b");
    variables.put("RAIC_PROVIDERS_1_SECRETACCESSKEY_FILE", "/run/secret");
    var properties = environment(variables);
    assertThat(properties.providers()).hasSize(2);
    assertWhole(read(properties.providers().getFirst()));
    assertThat(read(properties.providers().get(1)).settings()).containsValue("/run/secret");
  }

  @Test
  void aVariableThatIsMisspeltIsNotIgnored() {
    var properties =
        environment(
            Map.of(
                "RAIC_PROVIDERS_0_ID", "north",
                "RAIC_PROVIDERS_0_TYPE", "vault",
                "RAIC_PROVIDERS_0_BUCKTE", SECRET));
    assertThat(catchThrowable(() -> read(properties.providers().getFirst())))
        .hasMessageStartingWith("raic.providers[0].buckte is unknown")
        .hasMessageEndingWith("did you mean bucket?")
        .message()
        .doesNotContain(SECRET);
  }

  @Test
  void aSecretMayStandInAVariableOfAnyName() throws IOException {
    System.setProperty("north.secret", SECRET);
    try {
      var given =
          properties(
                  "raic.yaml",
                  "raic: {providers: [{id: north, secret-access-key: \"${north.secret}\"}]}\n")
              .providers()
              .getFirst();
      assertThat(given).containsEntry("secret-access-key", SECRET);
    } finally {
      System.clearProperty("north.secret");
    }
  }

  /** Each is wrong in another way, with the secret in the middle of it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "providers: hunter2hunter2",
        "providers: [hunter2hunter2]",
        "providers: {id: hunter2hunter2}",
        "providers: [{id: hunter2hunter2/}]",
        "providers: [{id: a, secret-access-key: 'hunter2hunter2${raic.providers[0].id', x: y}]",
        "providers: [{id: a, secret-access-key: '${raic.providers[0].secret-access-key:hunter2hunter2}'}]",
        "providers: [{id: a, secret-access-key: '${hunter2hunter2}x'}]",
        "providers: [{id: a, secret-access-key: [hunter2hunter2]}]",
        "providers: [{id: a, secret-access-key: {inner: hunter2hunter2}}]",
        "providers: [{id: a, path: /x, secret-access-key: hunter2hunter2}]",
        "providers: [{id: a, type: s4, secret-access-key: hunter2hunter2}]",
        "providers: [{id: a, path: /x, limits: {bandwidth: hunter2hunter2}}]",
        "providers: [{id: a, path: /x, limits: hunter2hunter2}]",
        "provider: [{id: a, secret-access-key: hunter2hunter2}]",
        "providers: [{id: a, secret-access-key: hunter2hunter2]",
        "providers: [{id: a, secret-access-key: @hunter2hunter2}]",
        "needed: x, providers: [{id: a, path: /x, secret-access-key: hunter2hunter2}]",
      })
  void noMistakeShowsASecret(String yaml, CapturedOutput output) throws IOException {
    var config = Files.writeString(directory.resolve("raic.yaml"), "raic: {" + yaml + "}\n");
    var settings = new HashMap<String, Object>();
    settings.put("spring.config.additional-location", config.toUri().toString());
    settings.put("raic.data", directory.resolve("data").toString());
    settings.put("raic.port", 0);
    // As loud as somebody makes it who does not name the loggers that must stay off.
    settings.put("logging.level.root", "trace");
    settings.put("logging.level.org.springframework", "trace");
    var failure = catchThrowable(() -> GatewayApplication.run(settings));
    assertThat(failure).isInstanceOf(StartupException.class);
    var trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    var message = Optional.ofNullable(failure.getMessage()).orElse("");
    assertThat(message).hasLineCount(1).doesNotContain("hunter2");
    assertThat(trace.toString()).doesNotContain("hunter2hunter2");
    assertThat(output.getAll().contains("hunter2hunter2"))
        .describedAs("a secret is printed")
        .isFalse();
  }
}
