package io.raic.cloud.swift;

import static io.raic.cloud.contract.StoreUse.bytes;
import static io.raic.cloud.contract.StoreUse.drain;
import static io.raic.cloud.contract.StoreUse.put;
import static io.raic.cloud.contract.StoreUse.read;
import static io.raic.cloud.contract.StoreUse.soon;
import static io.raic.cloud.swift.SwiftSettings.open;
import static io.raic.cloud.swift.SwiftSettings.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.cloud.BackendException;
import io.raic.cloud.ByteRange;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Precondition;
import io.raic.cloud.contract.Racers;
import io.raic.cloud.testbed.SwiftServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is refused is told why, and tokens that end are renewed unseen. */
class SwiftCredentialsTest {
  private static final ObjectKey KEY = ObjectKey.of("a/b");

  private static void assertDenied(Map<String, String> settings, String... words) {
    try (var store = open(settings)) {
      assertThatThrownBy(() -> store.probe(soon()))
          .isInstanceOf(BackendException.AccessDenied.class)
          .hasMessageStartingWith("test: probe: ")
          .hasMessageContainingAll(words)
          .hasMessageNotContaining("wrong-secret");
      assertThatThrownBy(() -> put(store, KEY, bytes(1, 10)))
          .isInstanceOf(BackendException.AccessDenied.class);
    }
  }

  @Test
  void aWrongKeyIsRefusedByTempAuth() {
    var settings = SwiftSettings.tempAuth(SwiftServer.tempAuth());
    assertDenied(with(settings, "password", "wrong-secret"), "refused the user name or the key");
    assertDenied(with(settings, "username", "test:nobody"), "test:nobody");
  }

  @Test
  void aWrongPasswordOrCredentialIsRefusedByKeystone() {
    var server = SwiftServer.keystone();
    assertDenied(with(SwiftSettings.password(server), "password", "wrong-secret"), "Keystone");
    assertDenied(
        with(
            SwiftSettings.applicationCredential(server),
            "application-credential-secret",
            "wrong-secret"),
        "Keystone refused",
        server.credentialId());
  }

  @Test
  void aRegionIsNeededWhereThereAreSeveral() {
    var settings = new HashMap<>(SwiftSettings.password(SwiftServer.keystone()));
    assertDenied(with(settings, "region-name", "Mars"), "Mars", "RegionOne, RegionTwo");
    settings.remove("region-name");
    assertDenied(settings, "region-name is missing", "RegionOne, RegionTwo");
  }

  @Test
  void aUserWithoutRightsIsDenied() {
    var server = SwiftServer.tempAuth();
    var settings =
        with(
            with(SwiftSettings.tempAuth(server), "username", server.powerlessUser()),
            "password",
            server.powerlessKey());
    assertDenied(settings, "answered with 403", "(request tx");
  }

  @Test
  void aContainerThatIsNotThereIsNamed() {
    var settings = with(SwiftSettings.tempAuth(SwiftServer.tempAuth()), "container", "none");
    assertDenied(settings, "container none does not exist");
    try (var store = open(settings)) {
      // Nothing is there, but that is not the answer.
      assertThatThrownBy(() -> store.stat(KEY, soon()))
          .isInstanceOf(BackendException.AccessDenied.class);
      assertThatThrownBy(() -> store.get(KEY, ByteRange.ALL, soon()))
          .isInstanceOf(BackendException.AccessDenied.class);
      assertThatThrownBy(() -> store.list("", Optional.empty(), 10, soon()))
          .isInstanceOf(BackendException.AccessDenied.class);
      assertThatThrownBy(() -> store.delete(KEY, soon()))
          .isInstanceOf(BackendException.AccessDenied.class);
    }
  }

  @Test
  void aPasswordInAFileMayBeChangedUnderARunningStore(@TempDir Path directory) throws IOException {
    var server = SwiftServer.tempAuth();
    var file = directory.resolve("key");
    var settings = new HashMap<>(SwiftSettings.tempAuth(server));
    settings.remove("password");
    settings.put("password-file", file.toString());
    try (var store = open(settings)) {
      assertThatThrownBy(() -> store.probe(soon()))
          .isInstanceOf(BackendException.AccessDenied.class)
          .hasMessageContaining(file.toString());
      Files.writeString(file, server.key() + "\n");
      store.probe(soon());
    }
  }

  @Test
  void aTokenThatEndsInFlightIsRenewedWithTempAuth() throws InterruptedException {
    var server = SwiftServer.tempAuth();
    assertRenewed(server, SwiftSettings.tempAuth(server));
  }

  @Test
  void aTokenThatEndsInFlightIsRenewedWithKeystone() throws InterruptedException {
    var server = SwiftServer.keystone();
    assertRenewed(server, SwiftSettings.password(server));
    try (var store = open(SwiftSettings.applicationCredential(server))) {
      put(store, KEY, bytes(1, 10));
      server.forgetTokens();
      assertThat(read(store, KEY).orElseThrow()).isEqualTo(bytes(1, 10));
    }
  }

  private static void assertRenewed(SwiftServer server, Map<String, String> settings)
      throws InterruptedException {
    try (var store = open(settings)) {
      int length = 2 * Limits.STANDARD.parts().usual() + 1;
      byte[] bytes = bytes(1, length);
      try (var upload = store.begin(KEY, length, Precondition.none(), soon())) {
        upload.write(bytes, 0, length - 1);
        server.forgetTokens();
        upload.write(bytes, length - 1, 1);
        server.forgetTokens();
        upload.commit();
      }
      server.forgetTokens();
      var download = store.get(KEY, ByteRange.ALL, soon()).orElseThrow();
      server.forgetTokens();
      assertThat(drain(download)).isEqualTo(bytes);
      server.forgetTokens();
      Racers.race(8, _ -> read(store, KEY, new ByteRange(0, 10)).orElseThrow());
      server.forgetTokens();
      assertThat(store.delete(KEY, soon())).isTrue();
    }
  }
}
