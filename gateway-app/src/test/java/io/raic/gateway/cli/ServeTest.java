package io.raic.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.raic.gateway.GatewayApplication;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @ValueSource(strings = {"a b.yaml", "ä.yaml", "a,b;c.yaml", "${HOME}.yaml", "a%20b#c?.yaml"})
  void aConfigurationTakesEffectWhateverItsName(String name, @TempDir Path directory)
      throws Exception {
    var config = Files.writeString(directory.resolve(name), "raic:\n  needed: 9\n");
    assertThat(refusal("--data", directory.resolve("data"), "--config", config))
        .contains("set total above needed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b",
        "ä",
        "${HOME}",
        "x${user.home}y",
        "${",
        "x${user.home}${",
        "a\\b",
        "a%20b,c"
      })
  void dataIsWhereItIsSaidToBe(String name, @TempDir Path directory) throws Exception {
    var data = directory.resolve(name);
    Files.createDirectories(data.getParent());
    Files.createFile(data);
    assertThat(refusal("--data", data))
        .isEqualTo(
            "raic: raic.data: the directory %s cannot be used: %s is not a directory\n"
                .formatted(data, data));
  }

  @Test
  void aBrokenConfigurationIsOneLineWithItsPlace(@TempDir Path directory) throws Exception {
    var config = Files.writeString(directory.resolve("bad.yaml"), "raic:\n  port: [1\n  x: y\n");
    assertThat(refusal("--data", directory.resolve("data"), "--config", config))
        .startsWith("raic: the configuration %s is no YAML at line 3, column ".formatted(config));
  }

  private static String refusal(Object... options) {
    var words = new Object[options.length + 3];
    System.arraycopy(new Object[] {"serve", "--port", 0}, 0, words, 0, 3);
    System.arraycopy(options, 0, words, 3, options.length);
    var result = new RaicRun().withGateway(GatewayApplication::run).run(words);
    assertThat(result.code()).isEqualTo(ExitCode.FAILED.number());
    assertThat(result.err()).startsWith("raic: ").hasLineCount(1);
    return result.err();
  }
}
