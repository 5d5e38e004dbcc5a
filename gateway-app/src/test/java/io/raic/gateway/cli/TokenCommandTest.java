package io.raic.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.raic.gateway.access.Tokens;
import io.raic.gateway.state.DatabaseSettings;
import io.raic.gateway.state.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** {@link Tokens} by the commands. */
class TokenCommandTest {
  @TempDir private Path directory;

  private RaicRun.Result run(String... words) {
    return run(List.of("--data", directory.resolve("data").toString()), words);
  }

  private static RaicRun.Result run(List<String> options, String... words) {
    var all = new ArrayList<Object>(List.of("token"));
    all.addAll(List.of(words));
    all.addAll(options);
    return new RaicRun().run(all.toArray());
  }

  private List<String> on(TestDatabase kind) throws IOException {
    DatabaseSettings settings = kind.fresh(directory);
    var yaml = directory.resolve("raic.yaml");
    Files.writeString(
        yaml,
        settings.isShared()
            ? "raic.database.url: %s\nraic.database.username: postgres\n"
                .formatted(settings.url().orElseThrow())
            : "raic.needed: 3\n");
    return List.of(
        "--config", yaml.toString(), "--data", directory.resolve(kind.name()).toString());
  }

  @ParameterizedTest
  @EnumSource
  void aTokenIsMadeListedAndRevoked(TestDatabase kind) throws IOException {
    var options = on(kind);
    var made =
        run(
            options,
            "create",
            "--name",
            "backup",
            "--expires",
            "90d",
            "--read-only",
            "--quota",
            "500GiB");
    assertThat(made.code()).describedAs(made.err()).isZero();
    assertThat(made.text()).matches("raic_[a-z2-7]{52}\n");
    assertThat(made.err()).contains("only time").doesNotContain(made.text().strip());

    var listed = run(options, "list");
    assertThat(listed.code()).isZero();
    assertThat(listed.text())
        .contains("NAME    ID", "backup  ", "valid", "read", "500.0 GiB")
        .doesNotContain(made.text().strip());

    var json = JsonMapper.shared().readTree(run(options, "list", "--json").text()).path(0);
    assertThat(json.path("name").asString()).isEqualTo("backup");
    assertThat(json.path("quota-bytes").asLong()).isEqualTo(500L << 30);
    assertThat(json.path("read-only").asBoolean()).isTrue();

    var id = json.path("id").asString();
    var revoked = run(options, "revoke", "backup");
    assertThat(revoked.text()).isEqualTo("revoked backup (%s)\n".formatted(id));
    assertThat(run(options, "list").text()).contains("revoked");
    var log =
        new RaicRun().run(Stream.concat(Stream.of("audit", "list"), options.stream()).toArray());
    assertThat(log.text()).contains("cli:", "token.create", "token.revoke", id);
    var again = run(options, "revoke", "backup");
    assertThat(again.code()).isEqualTo(ExitCode.FAILED.number());
    assertThat(again.err()).isEqualTo("raic: there is no token backup to revoke\n");
  }

  @ParameterizedTest
  @CsvSource({
    "1,1",
    "7B,7",
    "2KiB,2048",
    "3MB,3145728",
    "1T,1099511627776",
    "5PiB,5629499534213120"
  })
  void aQuotaIsASize(String text, long bytes) {
    assertThat(run("create", "--name", "a", "--quota", text).code()).isZero();
    var json = JsonMapper.shared().readTree(run("list", "--json").text()).path(0);
    assertThat(json.path("quota-bytes").asLong()).isEqualTo(bytes);
  }

  @Test
  void aTokenEndsAtTheBeginningOfADate() {
    assertThat(run("create", "--name", "a", "--expires", "2999-01-01").code()).isZero();
    assertThat(run("list").text()).contains("2999-01-01T00:00:00Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "lots", "9999PiB", "1.5GB", ""})
  void whatIsNoSizeIsRefused(String text) {
    var result = run("create", "--name", "a", "--quota", text);
    assertThat(result.code()).isEqualTo(ExitCode.USAGE.number());
    assertThat(result.err()).startsWith("raic: --quota is a size").hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource({"tomorrow,2", "2027-13-01,2", "2020-01-01,1"})
  void whatIsNoTimeToComeIsRefused(String text, int code) {
    var result = run("create", "--name", "a", "--expires", text);
    assertThat(result.code()).isEqualTo(code);
    assertThat(result.err()).startsWith("raic: ").hasLineCount(1);
  }

  @Test
  void aTokenIsInNoMessage() {
    var secret = "raic_" + "a2".repeat(26);
    assertThat(run("create", "--name", secret).err() + run("revoke", secret).err())
        .doesNotContain(secret);
  }
}
