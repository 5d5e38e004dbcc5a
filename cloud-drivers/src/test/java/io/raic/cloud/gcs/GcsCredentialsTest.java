package io.raic.cloud.gcs;

import static io.raic.cloud.contract.StoreUse.bytes;
import static io.raic.cloud.contract.StoreUse.put;
import static io.raic.cloud.contract.StoreUse.read;
import static io.raic.cloud.contract.StoreUse.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.client.http.javanet.NetHttpTransport;
import io.raic.cloud.BackendException;
import io.raic.cloud.CloudBackend;
import io.raic.cloud.Deadline;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Operation;
import io.raic.cloud.Precondition;
import io.raic.cloud.Request;
import io.raic.cloud.Secret;
import io.raic.cloud.contract.Racers;
import io.raic.cloud.gcs.fake.GcsFake;
import io.raic.cloud.gcs.fake.ServiceAccountKey;
import io.raic.cloud.settings.SettingException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GcsCredentialsTest {
  private static final ObjectKey KEY = ObjectKey.of("shares/ab/abcd/0");

  private final GcsFake fake = GcsUse.fake();

  @TempDir Path directory;

  @AfterEach
  void stop() {
    fake.close();
  }

  private static void assertWorks(CloudBackend store) {
    store.probe(soon());
    put(store, KEY, bytes(1, 1000));
    assertThat(read(store, KEY).orElseThrow()).isEqualTo(bytes(1, 1000));
  }

  private static BackendException.AccessDenied denied(CloudBackend store) {
    try (store) {
      store.probe(soon());
    } catch (BackendException.AccessDenied e) {
      return e;
    }
    throw new AssertionError("it was let in");
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  @Test
  void aServiceAccountsKeyInAFileOpensTheStore() throws IOException {
    var key = file("key.json", fake.serviceAccount());
    try (var store = GcsUse.open(fake, Map.of("credentials-file", key.toString()))) {
      assertWorks(store);
      assertThat(store.credentialsEnd()).isEmpty();
    }
  }

  @Test
  void aWorkloadIdentityGetsTokens() throws IOException {
    var toFake =
        new NetHttpTransport.Builder()
            .setConnectionFactory(url ->
                (HttpURLConnection)
                    URI.create(fake.endpoint() + url.getPath()).toURL().openConnection())
            .build();
    var identity = GcsFake.workloadIdentity(file("token", GcsFake.subjectToken()));
    var token = new GcsCredentials.File(Secret.of(identity)).fetch(toFake).getTokenValue();
    try (var store = GcsUse.open(fake, Map.of("token", token))) {
      assertWorks(store);
    }

    var wrong = GcsFake.workloadIdentity(file("wrong", "another token"));
    var tokens = new GcsTokens(new GcsCredentials.File(Secret.of(wrong)), toFake);
    assertThatThrownBy(() -> tokens.current(Request.of("gcs", Operation.GET), soon()))
        .isInstanceOf(BackendException.AccessDenied.class)
        .hasMessageContaining("invalid_grant");
  }

  @Test
  void anImpersonationOpensTheStore() {
    var impersonation =
        """
        {"type": "impersonated_service_account",
         "service_account_impersonation_url":
           "%s/v1/projects/-/serviceAccounts/other@raic-test.iam.gserviceaccount.com:generateAccessToken",
         "source_credentials": %s}
        """
            .formatted(fake.endpoint(), fake.serviceAccount());
    try (var store = GcsUse.open(fake, Map.of("credentials", impersonation))) {
      assertWorks(store);
      assertThat(fake.tokens().issuedCount()).isEqualTo(2);
    }
  }

  @Test
  void anEmulatorNeedsNoCredentials() {
    fake.access().allowAnonymous();
    try (var store = GcsUse.open(fake, Map.of("anonymous", "true"))) {
      assertWorks(store);
    }
  }

  @Test
  void aTokenInAFileIsReadAnewWhenItIsOver() throws IOException {
    var end = Instant.parse("2040-01-31T12:00:00Z");
    var token = file("token", fake.tokens().issue() + "\n");
    try (var store = GcsUse.open(fake, Map.of("token-file", token.toString()))) {
      assertWorks(store);
      assertThat(store.credentialsEnd()).isEmpty();
      fake.tokens().expireAll();
      file(
          "token",
          "{\"access_token\": \"%s\", \"expiry\": \"%s\"}".formatted(fake.tokens().issue(), end));
      assertWorks(store);
      assertThat(store.credentialsEnd()).contains(end);
      fake.tokens().expireAll();
      assertThatThrownBy(() -> store.probe(soon()))
          .isInstanceOf(BackendException.AccessDenied.class)
          .hasMessageContaining("the credentials are not accepted");
    }
  }

  @Test
  void aTokenThatEndsIsRenewedInTheMiddleOfAnUpload() {
    try (var store = GcsUse.open(fake)) {
      byte[] bytes = bytes(1, 3 * GcsDriver.PART_BYTES);
      try (var upload = store.begin(KEY, bytes.length, Precondition.none(), soon())) {
        for (int part = 0; part < 3; part++) {
          upload.write(bytes, part * GcsDriver.PART_BYTES, GcsDriver.PART_BYTES);
          fake.tokens().expireAll();
        }
        upload.commit();
      }
      fake.tokens().expireAll();
      assertThat(read(store, KEY).orElseThrow()).isEqualTo(bytes);
    }
  }

  @Test
  void aTokenIsFetchedOnceForAllWhoWantIt() throws InterruptedException {
    try (var store = GcsUse.open(fake)) {
      Racers.race(16, number -> put(store, ObjectKey.of("k" + number), bytes(1, 10)));
      assertThat(fake.tokens().issuedCount()).isEqualTo(1);
    }
  }

  @Test
  void aTokenAboutToEndIsRenewedBeforeItDoes() {
    fake.tokens().lifetime(Duration.ofSeconds(5));
    try (var store = GcsUse.open(fake)) {
      put(store, KEY, bytes(1, 10));
      put(store, KEY, bytes(2, 10));
      assertThat(fake.tokens().issuedCount()).isEqualTo(2);
    }
  }

  @Test
  void whoIsInterruptedTakesNoTokenFromTheOthers() {
    try (var store = GcsUse.open(fake)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> store.probe(soon()))
          .isInstanceOf(BackendException.Unavailable.class);
      assertThat(Thread.interrupted()).isTrue();
      store.probe(soon());
    }
  }

  @Test
  void aKeyThatIsNotTheAccountsIsRefusedInPlainWords() {
    var stranger = ServiceAccountKey.generate().json(fake.endpoint() + "/token");
    var e = denied(GcsUse.open(fake, Map.of("credentials", stranger)));
    assertThat(e).hasMessageContaining("no access token").hasMessageContaining("invalid_grant");
    assertTellsNothing(e, stranger.substring(200, 400));
  }

  @Test
  void aClockThatIsWrongIsSuspected() {
    fake.tokens().clockAhead(Duration.ofHours(3));
    assertThat(denied(GcsUse.open(fake, Map.of("credentials", fake.serviceAccount()))))
        .hasMessageContaining("Is this machine's clock right?");
    fake.tokens().clockAhead(Duration.ofHours(-3));
    assertThat(denied(GcsUse.open(fake, Map.of("credentials", fake.serviceAccount()))))
        .hasMessageContaining("Is this machine's clock right?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "nonsense", "{\"type\": \"service_account\"}", "{\"type\": 7}"})
  void aFileThatIsNoKeyIsRefused(String text) {
    denied(GcsUse.open(fake, Map.of("credentials", text)));
  }

  @Test
  void aKeyFileThatIsMissingIsNamed() {
    var missing = directory.resolve("missing.json");
    assertThat(denied(GcsUse.open(fake, Map.of("credentials-file", missing.toString()))))
        .hasMessageContaining("missing.json");
  }

  @Test
  void aTokenCannotAddHeaders() {
    var token = "abc\r\nX-Evil: 1";
    var e = denied(GcsUse.open(fake, Map.of("token", token)));
    assertTellsNothing(e, "abc");
  }

  @Test
  void aTokenServiceThatFailsIsTriedAgain() {
    fake.faults().fail("POST /token", 2, 503);
    try (var store = GcsUse.open(fake)) {
      store.probe(soon());
    }
    fake.faults().fail("POST /token", 1000, 503);
    try (var store = GcsUse.open(fake)) {
      assertThatThrownBy(() -> store.probe(Deadline.in(Duration.ofSeconds(1))))
          .isInstanceOf(BackendException.Unavailable.class)
          .hasMessageContaining("503");
    }
  }

  @Test
  void contradictingCredentialsAreRefused() {
    assertThatThrownBy(() -> GcsUse.open(fake, Map.of("credentials", "a", "token", "b")))
        .isInstanceOf(SettingException.class);
    assertThatThrownBy(() -> GcsUse.open(fake, Map.of("anonymous", "true", "token", "b")))
        .isInstanceOf(SettingException.class);
  }

  /** Checks that nothing that is printed of an exception holds {@code secret}. */
  static void assertTellsNothing(Throwable e, String secret) {
    var trace = new StringWriter();
    e.printStackTrace(new PrintWriter(trace));
    assertThat(trace.toString()).doesNotContain(secret);
  }
}
