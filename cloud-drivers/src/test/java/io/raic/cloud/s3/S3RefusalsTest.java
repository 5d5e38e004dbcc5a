package io.raic.cloud.s3;

import static io.raic.cloud.contract.StoreUse.bytes;
import static io.raic.cloud.contract.StoreUse.put;
import static io.raic.cloud.contract.StoreUse.read;
import static io.raic.cloud.contract.StoreUse.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.cloud.BackendException;
import io.raic.cloud.CloudBackend;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.registry.Backends;
import io.raic.cloud.registry.Driver;
import io.raic.cloud.settings.Settings;
import io.raic.cloud.wire.FaultProxy;
import io.raic.cloud.wire.WireFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server that says no means, in words that help. */
class S3RefusalsTest {
  private static final ObjectKey KEY = ObjectKey.of("a");
  private static final String ANYTHING = "0123456789abcdefghij";

  private final S3Server server = S3Server.s3Proxy();

  private static CloudBackend open(Map<String, String> settings) {
    return Backends.open(Driver.S3, "test", settings);
  }

  /** An answer as the server of Amazon writes it. */
  private static WireFault answer(int status, String code, String message, int times) {
    String body = "<Error><Code>%s</Code><Message>%s</Message></Error>".formatted(code, message);
    return new WireFault.Answer(
        """
        HTTP/1.1 %d Made Up\r
        Content-Type: application/xml\r
        Content-Length: %d\r
        x-amz-request-id: THEREQUEST\r
        Retry-After: 120\r
        Connection: close\r
        \r
        %s\
        """
            .formatted(status, body.length(), body),
        times);
  }

  private void assertRefused(Map<String, String> settings, String... words) {
    try (var store = open(settings)) {
      for (Runnable call :
          new Runnable[] {
            () -> store.probe(soon()),
            () -> put(store, KEY, bytes(1, 10)),
            () -> store.list("", java.util.Optional.empty(), 10, soon())
          }) {
        assertThatThrownBy(call::run)
            .isInstanceOf(BackendException.AccessDenied.class)
            .hasMessageContainingAll(words)
            .hasNoCause()
            .message()
            .doesNotContain(server.secretKey(), ANYTHING);
      }
    }
  }

  @Test
  void aWrongSecretIsSaidToBeOne() {
    var settings = server.settings();
    settings.put("secret-access-key", ANYTHING);
    assertRefused(settings, "secret access key is wrong");
  }

  @Test
  void anUnknownKeyIsSaidToBeOne() {
    var settings = server.settings();
    settings.put("access-key-id", ANYTHING);
    assertRefused(settings, "does not know the access key id");
  }

  @Test
  void aBucketThatIsNotThereIsSaidNotToBe() {
    var settings = server.settings();
    settings.put("bucket", "no-such-bucket");
    assertRefused(settings, "there is no bucket no-such-bucket");
    try (var store = open(settings)) {
      assertThatThrownBy(() -> store.stat(KEY, soon()))
          .isInstanceOf(BackendException.AccessDenied.class);
      assertThatThrownBy(() -> store.delete(KEY, soon()))
          .isInstanceOf(BackendException.AccessDenied.class);
    }
  }

  @ParameterizedTest
  @CsvSource({"3600, ahead", "-3600, behind"})
  void aWrongClockIsToldWithItsError(long seconds, String way) {
    var clock = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(seconds));
    var settings = Settings.of(S3Driver.SETTINGS, server.settings());
    try (var store = S3Driver.open("test", settings, clock)) {
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> store.probe(soon()))
            .isInstanceOf(BackendException.AccessDenied.class)
            .message()
            .containsPattern("the clock of this machine is (3[56][0-9][0-9]) s " + way);
      }
    }
  }

  @Test
  void theRightRegionIsTold() {
    try (var proxy = new FaultProxy(server.address())) {
      String message = "The region 'us-east-1' is wrong; expecting 'eu-north-1'";
      proxy.set(answer(400, "AuthorizationHeaderMalformed", message, 1 << 20));
      assertRefused(server.settings(proxy.address()), "in region eu-north-1, not in us-east-1");
      proxy.set(
          new WireFault.Answer(
              """
              HTTP/1.1 301 Made Up\r
              Content-Length: 0\r
              x-amz-bucket-region: eu-north-1\r
              Connection: close\r
              \r
              """,
              1 << 20));
      assertRefused(server.settings(proxy.address()), "in region eu-north-1, not in us-east-1");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"SlowDown", "TooManyRequests"})
  void aStoreThatWantsFewerRequestsSaysForHowLong(String code) {
    try (var proxy = new FaultProxy(server.address());
        var store = open(server.settings(proxy.address()))) {
      proxy.set(answer(503, code, "", 1 << 20));
      assertThatThrownBy(() -> store.list("", java.util.Optional.empty(), 10, soon()))
          .isInstanceOfSatisfying(
              BackendException.Throttled.class,
              e -> {
                assertThat(e.retryAfter()).isEqualTo(Duration.ofMinutes(2));
                assertThat(e).hasMessageContaining("(request THEREQUEST)");
              });
    }
  }

  @ParameterizedTest
  @CsvSource({"507, Any", "403, QuotaExceeded"})
  void aFullStoreIsSaidToBeFull(int status, String code) {
    try (var proxy = new FaultProxy(server.address());
        var store = open(server.settings(proxy.address()))) {
      store.probe(soon());
      proxy.set(answer(status, code, "", 1 << 20));
      assertThatThrownBy(() -> put(store, KEY, bytes(1, 10)))
          .isInstanceOf(BackendException.OutOfSpace.class);
    }
  }

  @Test
  void credentialsThatHaveEndedAreHadAnewAndTheCallGoesOn(@TempDir Path directory)
      throws IOException {
    var file = Files.writeString(directory.resolve("secret"), server.secretKey() + "\n");
    try (var proxy = new FaultProxy(server.address())) {
      var settings = server.settings(proxy.address());
      settings.remove("secret-access-key");
      settings.put("secret-access-key-file", file.toString());
      try (var store = open(settings)) {
        store.probe(soon());
        proxy.set(answer(400, "ExpiredToken", "", 1));
        put(store, KEY, bytes(1, 10));
        assertThat(read(store, KEY).orElseThrow()).isEqualTo(bytes(1, 10));
      }
    }
  }

  @Test
  void credentialsThatHaveEndedForGoodAreSaidToHave() {
    try (var proxy = new FaultProxy(server.address())) {
      proxy.set(answer(400, "ExpiredToken", "", 1 << 20));
      assertRefused(server.settings(proxy.address()), "the credentials have ended");
    }
  }

  @Test
  void aSecretWhoseFileIsGoneIsSaidToBe(@TempDir Path directory) {
    var settings = server.settings();
    settings.remove("secret-access-key");
    settings.put("secret-access-key-file", directory.resolve("gone").toString());
    assertRefused(settings, "cannot read", "gone");
  }
}
