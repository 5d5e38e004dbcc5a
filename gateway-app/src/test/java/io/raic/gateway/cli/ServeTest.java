package io.raic.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeTest {
  @Test
  void withoutOptionsTheGatewayDecides() {
    var run = new RaicRun();
    assertThat(run.run("serve").code()).isZero();
    assertThat(run.served()).isEmpty();
  }

  @Test
  void optionsBecomeSettings(@TempDir Path directory) throws Exception {
    var config = Files.writeString(directory.resolve("raic.yaml"), "raic: {}\n");
    var run = new RaicRun();
    var result = run.run("serve", "--port", "8080", "--data", "some/where", "--config", config);
    assertThat(result.code()).isZero();
    assertThat(run.served())
        .containsEntry("raic.port", 8080)
        .containsEntry("raic.data", Path.of("some/where").toAbsolutePath().toString())
        .containsEntry("spring.config.additional-location", config.toUri().toString())
        .hasSize(3);
  }

  @Test
  void aPortOutOfRangeAndAMissingFileAreRefused(@TempDir Path directory) {
    var run = new RaicRun();
    assertThat(run.run("serve", "--port", "65536").code()).isEqualTo(ExitCode.USAGE.number());
    assertThat(run.run("serve", "--port", "-1").code()).isEqualTo(ExitCode.USAGE.number());
    var missing = run.run("serve", "--config", directory.resolve("none.yaml"));
    assertThat(missing.code()).isEqualTo(ExitCode.FAILED.number());
    assertThat(missing.err()).startsWith("raic: cannot read the configuration").hasLineCount(1);
    assertThat(run.served()).isEmpty();
  }
}
