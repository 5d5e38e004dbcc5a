package io.raic.cloud.gcs;

import static org.assertj.core.api.Assertions.assertThat;

import io.raic.cloud.gcs.fake.GcsFake;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Application default credentials, each in the environment of a process of its own. */
class GcsEnvironmentTest {
  private final GcsFake fake = GcsUse.fake();

  @TempDir Path home;

  @AfterEach
  void stop() {
    fake.close();
  }

  private String probe(Map<String, String> environment) throws IOException {
    var builder =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Duser.home=" + home,
                    "-cp",
                    Objects.requireNonNullElse(
                        System.getProperty("surefire.test.class.path"),
                        System.getProperty("java.class.path")),
                    GcsProbe.class.getName(),
                    fake.endpoint(),
                    GcsUse.BUCKET))
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().keySet().removeIf(name -> name.startsWith("G"));
    builder.environment().put("HOME", home.toString());
    builder.environment().putAll(environment);
    var process = builder.start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }

  private String keyIn(Path file) throws IOException {
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    return Files.writeString(file, fake.serviceAccount()).toString();
  }

  @Test
  void theFileThatTheEnvironmentNamesIsUsed() throws IOException {
    String file = keyIn(home.resolve("key.json"));
    assertThat(probe(Map.of("GOOGLE_APPLICATION_CREDENTIALS", file))).isEqualTo("ok");
  }

  @Test
  void theFileThatGcloudWritesIsUsed() throws IOException {
    keyIn(home.resolve(".config/gcloud/application_default_credentials.json"));
    assertThat(probe(Map.of("NO_GCE_CHECK", "true"))).isEqualTo("ok");
  }

  @Test
  void aMachineOfGooglesNeedsNoFile() throws IOException {
    assertThat(probe(Map.of("GCE_METADATA_HOST", "127.0.0.1:" + fake.port()))).isEqualTo("ok");
  }

  @Test
  void noCredentialsAtAllAreSaidToBeMissing() throws IOException {
    assertThat(probe(Map.of("NO_GCE_CHECK", "true")))
        .contains("no credentials are configured, and there are no application default ones");
  }
}
