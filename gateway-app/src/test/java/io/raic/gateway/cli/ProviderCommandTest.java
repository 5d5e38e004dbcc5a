package io.raic.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.raic.cloud.BackendException;
import io.raic.cloud.Deadline;
import io.raic.cloud.Operation;
import io.raic.cloud.local.LocalBackend;
import io.raic.cloud.memory.Fault;
import io.raic.cloud.memory.MemoryBackend;
import io.raic.gateway.cli.RaicRun.Result;
import io.raic.gateway.provider.TestDrivers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class ProviderCommandTest {
  private static final String SECRET = "hunter2hunter2";

  @TempDir private Path directory;

  private Path data() {
    return directory.resolve("data");
  }

  private Path store(String name) {
    return directory.resolve("stores").resolve(name);
  }

  private Result run(RaicRun run, Object... words) {
    var all = new ArrayList<Object>(List.of("provider"));
    all.addAll(List.of(words));
    all.addAll(2, List.of("--data", data()));
    var result = run.run(all.toArray());
    assertThat(result.err() + result.text()).doesNotContain(SECRET);
    return result;
  }

  private Result run(Object... words) {
    return run(new RaicRun(), words);
  }

  private static RaicRun withVault() {
    return new RaicRun().withDrivers(TestDrivers.withVault());
  }

  private String providersYaml() throws IOException {
    return Files.readString(data().resolve("providers.yaml"));
  }

  /** Somebody at a terminal. */
  private record Typist(String secret, String answer, List<String> questions) implements Keyboard {
    @Override
    public String secret(String question) {
      questions.add(question);
      return secret;
    }

    @Override
    public String line(String question) {
      questions.add(question);
      return answer;
    }
  }

  private static Typist typist(String secret, String answer) {
    return new Typist(secret, answer, new ArrayList<>());
  }

  @Test
  void aProviderIsAddedListedTestedAndRemoved() throws IOException {
    Files.createDirectories(store(""));
    var added =
        run(
            "add",
            "office",
            "--type",
            "local",
            "--operator",
            "Ourselves",
            "--jurisdiction",
            "de",
            "--limit",
            "bandwidth=20MB",
            "--price",
            "egress-gb=0.01",
            "path=" + store("office"));
    assertThat(added.code()).isZero();
    assertThat(added.text())
        .isEqualTo("added office to %s\n".formatted(data().resolve("providers.yaml")));
    assertThat(added.err()).contains("restart it", "at least 3 different operators", "there are 1");

    var listed = run("list");
    assertThat(listed.code()).isZero();
    assertThat(listed.text())
        .contains("office  local  Ourselves  DE", store("office").toString(), "bandwidth=20971520B")
        .contains(data().resolve("providers.yaml").toString());

    var tested = run("test", "office");
    assertThat(tested.code()).describedAs(tested.text()).isZero();
    assertThat(tested.text()).contains("ok       put an object", " ms").doesNotContain("FAILED");
    assertThat(store("office").toFile().list()).doesNotContain("raic-test");

    var removed = run("remove", "office", "--yes");
    assertThat(removed.code()).isZero();
    assertThat(removed.text()).isEqualTo("removed office\n");
    assertThat(removed.err())
        .contains("count as lost", "repair", "trial directories", "restart it");
    assertThat(run("list").text()).contains("store-1").doesNotContain("office");
  }

  @Test
  void listingTellsEverythingAsJson() throws IOException {
    run("add", "office", "--type", "local", "--price", "put-1000=0.005", "path=" + store("x"));
    var list = JsonMapper.shared().readTree(run("list", "--json").text());
    assertThat(list).hasSize(1);
    assertThat(list.path(0).path("id").asString()).isEqualTo("office");
    assertThat(list.path(0).path("location").asString()).isEqualTo(store("x").toString());
    assertThat(list.path(0).path("prices").path("put-1000").asString()).isEqualTo("0.005");
  }

  @Test
  void aPathIsTheSameWhereverTheGatewayIsStarted() throws IOException {
    run("add", "office", "--type", "local", "path=some/where");
    assertThat(providersYaml()).contains("path: " + Path.of("some/where").toAbsolutePath());
  }

  @Test
  void aSecretIsTypedUnseen() throws IOException {
    var typist = typist(SECRET, "");
    var result =
        run(
            withVault().withKeyboard(typist),
            "add",
            "north",
            "--type",
            "vault",
            "bucket=b",
            "secret-access-key=-");
    assertThat(result.code()).isZero();
    assertThat(typist.questions()).containsExactly("secret-access-key (not shown): ");
    var kept = data().resolve("private/providers/north.secret-access-key");
    assertThat(kept).hasContent(SECRET);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
        .isEqualTo("rw-------");
    assertThat(providersYaml())
        .contains("secret-access-key-file: private/providers/north.secret-access-key")
        .doesNotContain(SECRET);
  }

  @Test
  void whereNobodyCanBeAskedSecretsAreLinesOfStandardInput() throws IOException {
    var result =
        run(
            withVault().withInput(SECRET + "\nsecond\nthird\n"),
            "add",
            "north",
            "--type",
            "vault",
            "secret-access-key=-",
            "session-token=-",
            "bucket=b");
    assertThat(result.code()).isZero();
    var kept = data().resolve("private/providers");
    assertThat(kept.resolve("north.secret-access-key")).hasContent(SECRET);
    assertThat(kept.resolve("north.session-token")).hasContent("second");
    assertThat(run(withVault(), "remove", "north", "--yes").code()).isZero();
    assertThat(kept).isEmptyDirectory();
  }

  @Test
  void aSecretCanStayInAFileOfTheUsers() throws IOException {
    var file = Files.writeString(directory.resolve("key"), SECRET);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    var result =
        run(
            withVault(),
            "add",
            "north",
            "--type",
            "vault",
            "bucket=b",
            "secret-access-key-file=" + file);
    assertThat(result.code()).isZero();
    assertThat(result.err()).contains("every user of this machine can read " + file);
    assertThat(providersYaml()).contains("secret-access-key-file: " + file);
    run(withVault(), "remove", "north", "--yes");
    assertThat(file).exists();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "secret-access-key=hunter2hunter2 | 2 | secret-access-key is a secret, and does not belong on a command line: give secret-access-key=- or secret-access-key-file=PATH",
        "SecretAccessKey=hunter2hunter2 | 2 | is a secret",
        "secretaccesskey= | 2 | is a secret",
        "hunter2hunter2 | 2 | want NAME=VALUE",
        "=hunter2hunter2 | 2 | want NAME=VALUE",
        "secret-acces-key=hunter2hunter2 | 2 | secret-acces-key is unknown; known are",
        "secret-acces-key=hunter2hunter2 | 2 | did you mean secret-access-key?",
        "type=hunter2hunter2 | 2 | type is unknown",
        "bucket=other | 2 | bucket is there twice",
        "secret-access-key=- | 1 | secret-access-key is empty",
        "secret-access-key-file=/no/such/file | 1 | cannot read /no/such/file",
        "endpoint=https://u:hunter2hunter2@h | 1 | endpoint is not an address",
        "access-key-id=x | 1 | secret-access-key is missing: the access key",
      })
  void whatCannotBeIsRefusedAndNotShown(String argument, int code, String message) {
    var words =
        new ArrayList<Object>(List.of("add", "north", "--type", "vault", "bucket=b", argument));
    if (message.contains("endpoint")) {
      words.add("secret-access-key-file=/dev/null");
    }
    var result = run(withVault().withEnvironment("RAIC_DEBUG", "1"), words.toArray());
    assertThat(result.code()).isEqualTo(code);
    assertThat(result.err()).startsWith("raic: ").contains(message);
    assertThat(result.out()).isEmpty();
    assertThat(data()).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "add | 2 | see: raic provider add --help",
        "add x path=/y | 2 | TYPE is missing; see: raic provider add --help",
        "add x --type lokal path=/y | 2 | --type is none of local",
        "add x --type lokal path=/y | 2 | did you mean local?",
        "add x --type local | 1 | path is missing: the directory",
        "add x --type local path= | 2 | the name is empty",
        "add a/b --type local path=/y | 1 | id: a store is named by 1 to 64",
        "add ../x --type local path=/y | 1 | id: a store is named by 1 to 64",
        "add x --type local --limit fast path=/y | 2 | --limit: want NAME=VALUE",
        "add x --type local --limit fast=1 path=/y | 1 | limits.fast is unknown; known are bandwidth",
        "add x --type local --price egress-gb=-1 path=/y | 1 | prices.egress-gb is not a price",
        "test nobody | 1 | there is no provider nobody; there are store-1, store-2",
        "remove nobody | 1 | there is no provider nobody; there are store-1",
        "remove store-1 --yes | 1 | store-1 is configured in nowhere: for trying",
        "types nothing | 2 | TYPE is none of local",
        "list x | 2 | one argument too many: x; see: raic provider list --help",
        "frobnicate | 2 | there is no command frobnicate; see: raic help provider",
      })
  void aWrongCommandIsOneLineThatSaysWhatIsWrong(String line, int code, String message) {
    var words = new ArrayList<Object>(List.of(line.split(" ")));
    if (!line.startsWith("types") && !line.startsWith("frob")) {
      words.addAll(List.of("--data", data()));
    }
    words.addFirst("provider");
    var result = new RaicRun().run(words.toArray());
    assertThat(result.code()).isEqualTo(code);
    assertThat(result.err()).startsWith("raic: ").contains(message).hasLineCount(1);
    assertThat(result.out()).isEmpty();
    assertThat(data()).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"add", "list", "test", "remove", "types"})
  void everyCommandHasHelpWithExamples(String command) {
    var result = new RaicRun().run("provider", command, "--help");
    assertThat(result.code()).isZero();
    assertThat(result.text())
        .contains("Usage: raic provider " + command, "Examples:", "  raic provider " + command);
    assertThat(new RaicRun().run("provider", "help", command).text()).isEqualTo(result.text());
    assertThat(result.text().lines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void helpTellsWhatEveryDriverCanBeTold() {
    for (Object[] words :
        new Object[][] {{"provider", "add", "--help"}, {"provider", "types", "vault"}}) {
      assertThat(withVault().run(words).text())
          .contains(
              "vault: a store for tests",
              "secret-access-key  (secret, or secret-access-key-file, required)")
          .contains(
              "path-style  (true or false, default false)", "whether the bucket is in the path");
    }
    assertThat(withVault().run("provider", "types").text())
        .contains("  local  a directory of this machine\n", "  vault  a store for tests\n")
        .hasLineCount(TestDrivers.withVault().kinds().size());
  }

  @Test
  void removingAsksWhereSomebodyCanBeAsked() {
    run("add", "office", "--type", "local", "path=" + store("x"));
    var nobody = run("remove", "office");
    assertThat(nobody.code()).isEqualTo(ExitCode.USAGE.number());
    assertThat(nobody.err()).contains("give --yes");
    for (String no : List.of("n", "", "maybe")) {
      var refused = run(new RaicRun().withKeyboard(typist("", no)), "remove", "office");
      assertThat(refused.code()).isEqualTo(ExitCode.FAILED.number());
      assertThat(refused.err()).contains("count as lost", "office was not removed");
    }
    assertThat(run("list").text()).contains("office");
    var typist = typist("", "y");
    assertThat(run(new RaicRun().withKeyboard(typist), "remove", "office").code()).isZero();
    assertThat(typist.questions()).containsExactly("Remove office? [y/N] ");
  }

  @Test
  void oneOfTheConfigurationIsListedAndNotRemoved() throws IOException {
    var config =
        Files.writeString(
            directory.resolve("raic.yaml"),
            "raic:\n  providers:\n    - id: north\n      path: %s\n".formatted(store("north")));
    run("add", "office", "--type", "local", "path=" + store("x"));
    assertThat(run("list", "--config", config).text()).contains("raic.providers[0]", "office");
    var result = run("remove", "north", "--yes", "--config", config);
    assertThat(result.code()).isEqualTo(ExitCode.FAILED.number());
    assertThat(result.err())
        .isEqualTo("raic: north is configured in raic.providers[0]: remove it there\n");
    var again = run("add", "north", "--type", "local", "path=" + store("y"), "--config", config);
    assertThat(again.code()).isEqualTo(ExitCode.FAILED.number());
    assertThat(again.err()).contains("id: north is there already, in raic.providers[0]");
  }

  @Test
  void aTestThatFailsAddsNothing() throws IOException {
    var result = run("add", "office", "--type", "local", "--test", "path=/no/such/disk/store");
    assertThat(result.code()).isEqualTo(ExitCode.UNAVAILABLE.number());
    assertThat(result.text()).contains("FAILED", "mount the disk");
    assertThat(result.err()).contains("office was not added");
    assertThat(data()).doesNotExist();
    Files.createDirectories(store(""));
    assertThat(run("add", "office", "--type", "local", "--test", "path=" + store("x")).code())
        .isZero();
  }

  @Test
  void aStoreThatAGatewayHasIsNamed() throws IOException {
    Files.createDirectories(store(""));
    run("add", "office", "--type", "local", "path=" + store("x"));
    try (var running = LocalBackend.open("office", store("x"))) {
      running.probe(Deadline.in(Duration.ofSeconds(30)));
      var result = run("test", "office");
      assertThat(result.code()).isEqualTo(ExitCode.UNAVAILABLE.number());
      assertThat(result.text())
          .contains("in use by another gateway", "a gateway that runs has this directory");
      assertThat(run("list").code()).isZero();
    }
  }

  @Test
  void aRefusalEndsWithOneAndIsExplained() {
    Fault denied =
        new Fault.Fail(request -> new BackendException.AccessDenied(request, "InvalidAccessKeyId"));
    var drivers =
        TestDrivers.withVault(id -> {
          var memory = new MemoryBackend(id);
          memory.faults().set(Operation.PROBE, denied);
          return memory;
        });
    run(
        new RaicRun().withDrivers(drivers).withInput(SECRET),
        "add",
        "north",
        "--type",
        "vault",
        "bucket=b",
        "secret-access-key=-");
    var refused = run(new RaicRun().withDrivers(drivers), "test", "north", "--json");
    assertThat(refused.code()).isEqualTo(ExitCode.FAILED.number());
    var json = JsonMapper.shared().readTree(refused.text());
    assertThat(json.path("ok").asBoolean(true)).isFalse();
    assertThat(json.path("steps").path(0).path("result").asString()).isEqualTo("failed");
    assertThat(json.path("steps").path(0).path("advice").asString()).contains("credentials");
  }

  @Test
  void whoHasFilesInTheStoresForTryingIsToldThatTheyAreLeft() throws IOException {
    Files.createDirectories(data().resolve("store-1/shares"));
    assertThat(run("add", "a", "--type", "local", "path=" + store("a")).err())
        .contains("five stores for trying are not used any more");
    assertThat(run("add", "b", "--type", "local", "path=" + store("b")).err())
        .doesNotContain("for trying");
  }

  @Test
  void theDataDirectoryOfAGatewayThatRunsIsNotDisturbed() throws IOException {
    Files.createDirectories(data().resolve("tmp"));
    Files.writeString(data().resolve("tmp/upload"), "a running one's");
    run("add", "a", "--type", "local", "path=" + store("a"));
    run("list");
    assertThat(data().resolve("tmp/upload")).exists();
    assertThat(data().resolve("gateway.lock")).doesNotExist();
  }
}
