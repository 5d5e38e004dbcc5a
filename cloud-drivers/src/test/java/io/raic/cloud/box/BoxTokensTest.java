package io.raic.cloud.box;

import static io.raic.cloud.contract.StoreUse.bytes;
import static io.raic.cloud.contract.StoreUse.put;
import static io.raic.cloud.contract.StoreUse.read;
import static io.raic.cloud.contract.StoreUse.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.cloud.BackendException;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Precondition;
import io.raic.cloud.box.fake.FakeAccount;
import io.raic.cloud.box.fake.FakeFaults.Kind;
import io.raic.cloud.contract.Racers;
import io.raic.cloud.registry.Backends;
import io.raic.cloud.registry.Driver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Access tokens: got when needed, renewed when they end, and refused in plain words. */
class BoxTokensTest {
  private static final ObjectKey KEY = ObjectKey.of("a");

  @Test
  void aTokenIsFetchedOnceForManyWhoNeedIt() throws InterruptedException {
    try (var fake = new StoreOfFake()) {
      Racers.race(8, number -> fake.store().stat(ObjectKey.of("a" + number), soon()));
      assertThat(fake.box.calls().of("token")).isEqualTo(1);
    }
  }

  @Test
  void aTokenThatEndsInAnUploadIsRenewedInFlight() throws InterruptedException {
    try (var fake = new StoreOfFake()) {
      byte[] bytes = bytes(1, BoxUpload.PART_BYTES + 10);
      try (var upload = fake.store().begin(KEY, bytes.length, Precondition.none(), soon())) {
        upload.write(bytes, 0, bytes.length - 1);
        fake.box.tokens().expireAll();
        upload.write(bytes, bytes.length - 1, 1);
        upload.commit();
      }
      assertThat(read(fake.store(), KEY).orElseThrow()).isEqualTo(bytes);
      assertThat(fake.box.calls().of("token")).isEqualTo(2);

      fake.box.tokens().expireAll();
      Racers.race(8, _ -> fake.store().stat(KEY, soon()));
      assertThat(fake.box.calls().of("token")).isEqualTo(3);
    }
  }

  @Test
  void aTokenIsReplacedBeforeItEnds() {
    try (var fake = new StoreOfFake()) {
      fake.box.tokens().setLife(Duration.ofSeconds(30));
      fake.store().stat(KEY, soon());
      fake.box.tokens().setLife(Duration.ofHours(1));
      fake.store().stat(KEY, soon());
      fake.store().stat(KEY, soon());
      assertThat(fake.box.calls().of("token")).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "client-id, wrong, does not know the client id",
    "client-secret, wrong-secret, does not know the client id",
    "enterprise-id, 1, does not accept the subject",
    "user-id, 1, does not accept the subject"
  })
  void wrongCredentialsAreNamedAndNotRepeated(String setting, String value, String words) {
    try (var fake = new StoreOfFake(Map.of(setting, value))) {
      assertThatThrownBy(() -> fake.store().probe(soon()))
          .isInstanceOf(BackendException.AccessDenied.class)
          .hasMessageStartingWith("box: probe: ")
          .hasMessageContaining(words)
          .hasMessageNotContaining(FakeAccount.CLIENT_SECRET)
          .hasMessageNotContaining("wrong");
      assertThat(fake.box.calls().of("token")).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "client-credentials, client-secret",
    "oauth, client-secret",
    "jwt, jwt-config",
    "developer-token, developer-token"
  })
  void aSecretWhoseFileIsGoneIsNamed(String auth, String secret, @TempDir Path directory)
      throws IOException {
    var tokens = Files.writeString(directory.resolve("tokens"), "refresh");
    var settings =
        new HashMap<>(
            Map.of(
                "folder-id",
                "1",
                "auth",
                auth,
                "client-id",
                FakeAccount.CLIENT_ID,
                "enterprise-id",
                FakeAccount.ENTERPRISE,
                "token-file",
                tokens.toString()));
    var file = Files.writeString(directory.resolve("of-box"), "secret");
    settings.put(secret + "-file", file.toString());
    try (var store = Backends.open(Driver.BOX, "box", settings)) {
      Files.delete(file);
      assertThatThrownBy(() -> store.probe(soon()))
          .isInstanceOf(BackendException.AccessDenied.class)
          .hasMessageContaining("cannot read " + file);
    }
  }

  @Test
  void aDeveloperTokenThatIsNoneIsNotSent() {
    try (var fake = new StoreOfFake();
        var store = fake.open(Map.of("auth", "developer-token", "developer-token", "a b"))) {
      assertThatThrownBy(() -> store.probe(soon()))
          .isInstanceOf(BackendException.AccessDenied.class)
          .hasMessageNotContaining("a b");
    }
  }

  @Test
  void aUserCanBeActedFor() {
    try (var fake = new StoreOfFake(Map.of("user-id", FakeAccount.USER))) {
      fake.store().probe(soon());
      assertThat(fake.store().credentialsEnd()).isEmpty();
    }
  }

  @Test
  void aTokenThatIsNotGivenIsAskedForAgain() {
    try (var fake = new StoreOfFake()) {
      fake.box.faults().next(Kind.UNAVAILABLE, 1, "token"::equals);
      fake.store().probe(soon());
      fake.box.tokens().expireAll();
      fake.box.faults().next(Kind.THROTTLED, 1, "token"::equals);
      fake.store().probe(soon());
    }
  }

  private static Map<String, String> jwt(StoreOfFake fake) {
    String key = fake.box.account().privateKeyPem().replace("\n", "\\n");
    String config =
        """
        {"boxAppSettings": {"clientID": "%s", "clientSecret": "%s",
         "appAuth": {"publicKeyID": "%s", "privateKey": "%s", "passphrase": "%s"}},
         "enterpriseID": "%s"}
        """
            .formatted(
                FakeAccount.CLIENT_ID,
                FakeAccount.CLIENT_SECRET,
                FakeAccount.KEY_ID,
                key,
                FakeAccount.PASSPHRASE,
                FakeAccount.ENTERPRISE);
    return Map.of("auth", "jwt", "jwt-config", config);
  }

  @Test
  void aKeyGivesTokensAsWell() {
    try (var fake = new StoreOfFake();
        var store = fake.open(jwt(fake))) {
      put(store, KEY, bytes(1, 10));
      fake.box.tokens().expireAll();
      assertThat(read(store, KEY).orElseThrow()).isEqualTo(bytes(1, 10));
    }
  }

  @Test
  void aClockThatIsWrongIsSuspected() {
    try (var fake = new StoreOfFake();
        var store = fake.open(jwt(fake))) {
      fake.box.clock().advance(Duration.ofMinutes(10));
      assertThatThrownBy(() -> store.probe(soon()))
          .isInstanceOf(BackendException.AccessDenied.class)
          .hasMessageContaining("is the clock of this machine right?");
    }
  }

  @Test
  void aConfigurationThatIsNoneIsNotRepeated() {
    var settings = Map.of("auth", "jwt", "jwt-config", "{\"boxAppSettings\": \"secret!\"}");
    try (var fake = new StoreOfFake();
        var store = fake.open(settings)) {
      assertThatThrownBy(() -> store.probe(soon()))
          .isInstanceOf(BackendException.AccessDenied.class)
          .hasMessageNotContaining("secret!")
          .hasNoCause();
    }
  }

  @Test
  void aDeveloperTokenWorksUntilItEnds() {
    try (var fake = new StoreOfFake();
        var store =
            fake.open(
                Map.of(
                    "auth",
                    "developer-token",
                    "developer-token",
                    fake.box.tokens().newDeveloperToken()))) {
      store.probe(soon());
      assertThat(store.credentialsEnd().orElseThrow())
          .isBetween(Instant.now(), Instant.now().plus(Duration.ofMinutes(61)));
      fake.box.tokens().expireAll();
      assertThatThrownBy(() -> store.probe(soon()))
          .isInstanceOf(BackendException.AccessDenied.class)
          .hasMessageContaining("lives for an hour");
    }
  }
}
