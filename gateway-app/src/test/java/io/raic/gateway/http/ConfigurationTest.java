package io.raic.gateway.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.raic.gateway.GatewayApplication;
import io.raic.gateway.StartupException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Configurations that the gateway refuses at start, each with a line that says what to change. */
class ConfigurationTest {
  @TempDir private Path directory;

  private String refusal(Map<String, ?> settings) {
    var all = new HashMap<String, Object>(settings);
    all.putIfAbsent("raic.port", 0);
    all.putIfAbsent("raic.data", directory.resolve("data").toString());
    var failure = catchThrowable(() -> GatewayApplication.run(all));
    assertThat(failure).isInstanceOf(StartupException.class);
    assertThat(failure.getMessage()).hasLineCount(1).hasSizeBetween(10, 400);
    return String.valueOf(failure.getMessage());
  }

  /** Names stores, each with an operator after an equals sign if it is not to be its own. */
  private Map<String, Object> providers(String... stores) {
    var settings = new HashMap<String, Object>();
    for (int i = 0; i < stores.length; i++) {
      String[] store = stores[i].split("=", 2);
      settings.put("raic.providers[%d].id".formatted(i), store[0]);
      settings.put("raic.providers[%d].path".formatted(i), directory.resolve("s" + i).toString());
      if (store.length == 2) {
        settings.put("raic.providers[%d].operator".formatted(i), store[1]);
      }
    }
    return settings;
  }

  @Test
  void storesOfOneOperatorAreNoRedundancy() {
    assertThat(refusal(providers("a=one", "b=one", "c=one", "d=one", "e=one")))
        .contains("3-of-5 allows an operator 2 of the 5 shares", "at least 3 different operators")
        .contains("there are 1", "add stores of other operators, or change needed and total");
  }

  @Test
  void twoOperatorsAreTooFew() {
    assertThat(refusal(providers("a=one", "b=one", "c=one", "d=two", "e=two")))
        .contains("at least 3 different operators", "there are 2");
  }

  @Test
  void twoStoresAreTooFew() {
    assertThat(refusal(providers("a", "b"))).contains("at least 3 different operators");
  }

  @Test
  void twoStoresWithOneIdAreRefused() {
    assertThat(refusal(providers("a", "b", "c", "a", "e")))
        .isEqualTo("raic.providers[3].id: a is there already, in raic.providers[0]");
  }

  @ParameterizedTest
  @CsvSource({"' a b '", "a/b", "ä", "-a"})
  void anIdThatCannotStandEverywhereIsRefused(String id) {
    assertThat(refusal(providers(id, "b", "c", "d", "e")))
        .startsWith("raic.providers[0].id: a store is named by");
  }

  @Test
  void anEmptyIdIsAMissingOne() {
    assertThat(refusal(providers("a", "", "c", "d", "e")))
        .startsWith("raic.providers[1].id is missing");
  }

  @Test
  void twoStoresInOneDirectoryAreRefused() {
    var settings = providers("a", "b", "c", "d", "e");
    settings.put("raic.providers[1].path", directory.resolve("s0").toString());
    assertThat(refusal(settings)).contains(directory.resolve("s0").toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "raic.needed=1 | needed is 1: any single store could rebuild every file",
        "raic.needed=5 | losing one store would lose every file; set total above needed",
        "raic.needed=9 | set total above needed",
        "raic.total=3 | set total above needed",
        "raic.total=300 | at least",
        "raic.happy=6 | with 5 shares on 5 stores",
        "raic.needed=three | raic.needed",
        "raic.port=http | the setting raic.port: \"http\" is no number",
        "raic.port=99999 | 99999",
        "raic.segment-size=lots | raic.segment-size",
        "raic.segment-size=0 | segment-size is 0 bytes",
        "raic.address=192.0.2.1 | raic.address is 192.0.2.1",
        "raic.address=0.0.0.0 | or raic.auth.open-anywhere to true",
        "raic.auth.mode=closed | the setting raic.auth.mode",
        "raic.tls.key=key.pem | raic.tls: certificate and key belong together",
        "raic.nedeed=3 | there is no setting raic.nedeed",
        "raic.auth.modus=token | there is no setting raic.auth.modus",
        "raic.segment-size=8GB | the setting raic: segment-size is 8589934592 bytes",
        "raic.waits.step=soon | raic.waits.step",
        "raic.waits.stall=0s | stall",
        "raic.transfers.memory=-1MB | raic.transfers: memory is not",
        "raic.transfers.spool-memory=9GB | raic.transfers: spool-memory is",
        "raic.cache.size=-1MB | raic.cache: size is less than nothing",
        "raic.cache.size=much | raic.cache.size",
        "raic.transfers.patience=-5s | raic.transfers: patience is"
      })
  void aSettingThatCannotBeIsRefused(String setting, String reason) {
    String[] parts = setting.split("=", 2);
    assertThat(refusal(Map.of(parts[0], parts[1]))).contains(reason);
  }

  @Test
  void aSettingThatNobodyKnowsIsNamedWithItsPlace() throws IOException {
    var yaml = directory.resolve("raic.yaml");
    Files.writeString(yaml, "raic:\n  needed: 3\n  auth:\n    moed: a secret\n");
    assertThat(refusal(Map.of("spring.config.additional-location", yaml.toUri().toString())))
        .isEqualTo("%s, line 4: there is no setting raic.auth.moed".formatted(yaml));
  }

  @Test
  void anAddressBeyondLoopbackWantsTokensOrAWord() {
    var token = Map.of("raic.address", "192.0.2.1", "raic.auth.mode", "token");
    var word = Map.of("raic.address", "192.0.2.1", "raic.auth.open-anywhere", "true");
    for (var settings : List.of(token, word)) {
      assertThat(refusal(settings)).contains("192.0.2.1").doesNotContain("raic.auth");
    }
  }

  @Test
  void aCertificateThatIsNoneIsNamed() throws IOException {
    var pem = Files.writeString(directory.resolve("a.pem"), "no PEM");
    var settings = Map.of("raic.tls.certificate", pem.toString(), "raic.tls.key", pem.toString());
    assertThat(refusal(settings))
        .isEqualTo("raic.tls.certificate: %s holds no certificate as PEM".formatted(pem));
  }

  @Test
  void aPortInUseIsNamed() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertThat(refusal(Map.of("raic.port", port)))
          .isEqualTo(
              "port %d is in use: stop what uses it, or choose another with --port"
                  .formatted(port));
    }
  }

  @Test
  void aPortForWatchingThatIsInUseIsNamed() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertThat(refusal(Map.of("raic.management.port", port)))
          .isEqualTo(
              "raic.management.port: port %d, for health and metrics, is in use: choose another"
                  .formatted(port));
    }
  }

  @Test
  void dataInUseIsNamed() throws IOException {
    var data = Files.createDirectory(directory.resolve("data"));
    try (var channel =
            FileChannel.open(
                data.resolve("gateway.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var _ = channel.lock()) {
      assertThat(refusal(Map.of())).contains("raic.data: another gateway uses", data.toString());
    }
  }

  @Test
  void dataThatIsNoDirectoryIsNamed() throws IOException {
    var file = Files.createFile(directory.resolve("data"));
    assertThat(refusal(Map.of())).contains("raic.data", file.toString());
  }

  @Test
  void aBadConvergenceSecretIsNamedAndNotShown() throws IOException {
    var secrets = Files.createDirectories(directory.resolve("data").resolve("private"));
    for (String secret :
        List.of("mzxw6ytboi!", "MZXW6YTBOI", "mzxw6ytboi mzxw6ytboi", "b", "m".repeat(5000))) {
      Files.writeString(secrets.resolve("convergence"), secret, US_ASCII);
      assertThat(refusal(Map.of())).contains("convergence").doesNotContain("mzxw", "MZXW", "mmmm");
    }
  }
}
