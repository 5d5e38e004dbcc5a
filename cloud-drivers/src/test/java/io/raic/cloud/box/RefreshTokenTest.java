package io.raic.cloud.box;

import static io.raic.cloud.contract.StoreUse.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.raic.cloud.BackendException;
import io.raic.cloud.CloudBackend;
import io.raic.cloud.Deadline;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.box.fake.FakeFaults.Kind;
import io.raic.cloud.contract.Racers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Refresh tokens: Box takes each one once. */
class RefreshTokenTest {
  private static final ObjectKey KEY = ObjectKey.of("a");

  @TempDir private Path directory;

  private Path file() {
    return directory.resolve("box-token");
  }

  private CloudBackend open(StoreOfFake fake) {
    return fake.open(Map.of("auth", "oauth", "token-file", file().toString()));
  }

  private String written() throws IOException {
    return Files.readAllLines(file()).getFirst().replace("refresh-token=", "");
  }

  @Test
  void eachTokenIsUsedOnceAndTheNextIsInTheFile() throws IOException {
    try (var fake = new StoreOfFake();
        var store = open(fake)) {
      String first = fake.box.tokens().newRefreshToken();
      Files.writeString(file(), first + "\n");
      assertThat(store.credentialsEnd()).isEmpty();
      for (int i = 0; i < 3; i++) {
        store.stat(KEY, soon());
        assertThat(fake.box.tokens().isRefreshToken(written())).isTrue();
        fake.box.tokens().expireAll();
      }
      assertThat(fake.box.tokens().isRefreshToken(first)).isFalse();
      assertThat(fake.box.calls().of("token")).isEqualTo(3);
      assertThat(store.credentialsEnd().orElseThrow())
          .isBetween(
              Instant.now().plus(Duration.ofDays(59)), Instant.now().plus(Duration.ofDays(61)));
    }
  }

  @Test
  void theFileIsItsOwnersOnlyAndNothingElseIsLeft() throws IOException {
    assumeTrue(
        directory.getFileSystem().supportedFileAttributeViews().contains("posix"),
        "the system has no such rights");
    try (var fake = new StoreOfFake();
        var store = open(fake)) {
      Files.writeString(file(), fake.box.tokens().newRefreshToken());
      store.stat(KEY, soon());
      try (Stream<Path> files = Files.list(directory)) {
        assertThat(files)
            .allSatisfy(file ->
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------"))
            .extracting(file -> file.getFileName().toString())
            .containsExactlyInAnyOrder("box-token", "box-token.lock");
      }
    }
  }

  @Test
  void whoOpensTheStoreAgainUsesTheTokenThatIsThere() throws IOException {
    try (var fake = new StoreOfFake()) {
      Files.writeString(file(), fake.box.tokens().newRefreshToken());
      for (int i = 0; i < 3; i++) {
        try (var store = open(fake)) {
          store.stat(KEY, soon());
        }
      }
      assertThat(fake.box.calls().of("token")).isEqualTo(1);
    }
  }

  @Test
  void manyUsersOfOneFileDoNotLockEachOtherOut() throws Exception {
    try (var fake = new StoreOfFake()) {
      Files.writeString(file(), fake.box.tokens().newRefreshToken());
      for (int round = 1; round <= 3; round++) {
        Racers.race(
            6,
            _ -> {
              try (var store = open(fake)) {
                return store.stat(KEY, soon());
              }
            });
        assertThat(fake.box.calls().of("token")).isEqualTo(round);
        fake.box.tokens().expireAll();
      }
    }
  }

  @Test
  void aRefreshGoesOnWhenItsCallerGivesUp() throws Exception {
    try (var fake = new StoreOfFake();
        var store = open(fake)) {
      Files.writeString(file(), fake.box.tokens().newRefreshToken());
      var caller =
          Thread.ofVirtual()
              .start(() ->
                  assertThatThrownBy(
                          () -> {
                            while (true) {
                              fake.box.tokens().expireAll();
                              store.stat(KEY, soon());
                            }
                          })
                      .isInstanceOf(BackendException.Unavailable.class));
      while (fake.box.calls().of("token") < 3) {
        Thread.onSpinWait();
      }
      caller.interrupt();
      caller.join();
      store.stat(KEY, soon());
      assertThat(fake.box.tokens().isRefreshToken(written())).isTrue();
    }
  }

  @Test
  void aTokenThatIsOverAsksForANewConsent() throws IOException {
    try (var fake = new StoreOfFake();
        var store = open(fake)) {
      Files.writeString(file(), fake.box.tokens().newRefreshToken());
      fake.box.clock().advance(Duration.ofDays(61));
      assertThatThrownBy(() -> store.stat(KEY, soon()))
          .isInstanceOf(BackendException.AccessDenied.class)
          .hasMessageContaining("refresh token");
    }
  }

  @Test
  void aMissingOrBrokenFileIsNamedAndNotShown() throws IOException {
    try (var fake = new StoreOfFake();
        var store = open(fake)) {
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> store.stat(KEY, soon()))
            .isInstanceOf(BackendException.AccessDenied.class)
            .hasMessageContaining("box-token")
            .hasMessageNotContaining("some text");
        Files.writeString(file(), "some text that is no token");
      }
    }
  }

  @Test
  void aTokenThatBoxDoesNotGiveJustNowIsNotLost() throws IOException {
    try (var fake = new StoreOfFake();
        var store = open(fake)) {
      Files.writeString(file(), fake.box.tokens().newRefreshToken());
      fake.box.faults().next(Kind.UNAVAILABLE, 100, "token"::equals);
      assertThatThrownBy(() -> store.stat(KEY, Deadline.in(Duration.ofSeconds(1))))
          .isInstanceOf(BackendException.Unavailable.class);
      fake.box.faults().clear();
      store.stat(KEY, soon());
    }
  }
}
