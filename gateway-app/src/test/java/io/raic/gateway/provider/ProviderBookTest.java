package io.raic.gateway.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProviderBookTest {
  private static final String SECRET = "hunter2hunter2";

  @TempDir private Path directory;

  private Path data() {
    return directory.resolve("new/data");
  }

  private Path secret(String name) {
    return data().resolve("private/providers").resolve(name);
  }

  private ProviderBook book(GivenSettings... configured) {
    return new ProviderBook(
        List.of(configured), data(), new ProviderBook.Shares(3, 5, 4), TestDrivers.withVault());
  }

  private static GivenSettings vault(String id) {
    var given = new GivenSettings();
    given.put("id", id);
    given.put("type", "vault");
    given.put("bucket", "b");
    given.put("Secret_Access_Key", SECRET);
    return given;
  }

  private static GivenSettings local(String id, String path) {
    return new GivenSettings(Map.of("id", id, "path", path));
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void aProviderIsKeptWithItsSecretInAFileOfItsOwn() throws IOException {
    book().add(vault("north"));
    assertThat(book().file())
        .content()
        .startsWith("# Providers that `raic provider add` made")
        .endsWith(
            """
            providers:
              - id: north
                type: vault
                bucket: b
                secret-access-key-file: private/providers/north.secret-access-key
            """)
        .doesNotContain(SECRET);
    assertThat(secret("north.secret-access-key")).hasContent(SECRET);
    assertThat(mode(book().file())).isEqualTo("rw-------");
    assertThat(mode(secret("north.secret-access-key"))).isEqualTo("rw-------");
    assertThat(mode(data().resolve("private"))).isEqualTo("rwx------");
    assertThat(mode(data().resolve("private/providers"))).isEqualTo("rwx------");
  }

  @Test
  void whatIsKeptIsReadWithPathsThatBeginAtTheFile() throws IOException {
    book().add(vault("north"));
    var north = book().providers().find("north").orElseThrow();
    assertThat(north.settings())
        .containsEntry("secret-access-key-file", secret("north.secret-access-key").toString());
    north.open().close();
    assertThat(book().isKept(north)).isTrue();
  }

  @Test
  void thoseOfTheConfigurationComeFirst() throws IOException {
    book().add(vault("north"));
    assertThat(book(local("a", "/a"), local("b", "/b")).providers().all())
        .extracting(ProviderSettings::id)
        .containsExactly("a", "b", "north");
    assertThat(book().providers().areForTrying()).isFalse();
  }

  @Test
  void withoutAnyProviderThoseForTryingAreUsed() throws IOException {
    assertThat(book().providers().areForTrying()).isTrue();
    assertThat(book().providers().all()).extracting(ProviderSettings::id).contains("store-5");
    assertThat(data()).doesNotExist();
    book().add(vault("store-1"));
    assertThat(book().remove("store-1")).isTrue();
    assertThat(book().providers().areForTrying()).isTrue();
  }

  @Test
  void oneIdInBothPlacesIsRefused() throws IOException {
    book().add(vault("north"));
    assertThatThrownBy(() -> book(local("north", "/a")).providers())
        .hasMessage(
            book().file() + ": providers[0].id: north is there already, in raic.providers[0]");
    assertThatThrownBy(() -> book().add(vault("north")))
        .hasMessageContaining("id: north is there already");
    assertThatThrownBy(() -> book(local("south", "/a")).add(vault("south")))
        .hasMessage("id: south is there already, in raic.providers[0]");
    assertThat(book().providers().all()).hasSize(1);
  }

  @Test
  void onePlaceForTwoIsRefused() throws IOException {
    book().add(local("a", "/mnt/x"));
    assertThatThrownBy(() -> book().add(local("b", "/mnt/../mnt/x")))
        .hasMessageContaining("a and b are the same place, /mnt/x");
    assertThat(book().providers().all()).hasSize(1);
  }

  @Test
  void aProviderThatMakesNoSenseLeavesNothing() {
    var given = vault("north");
    given.put("path-style", "perhaps");
    assertThatThrownBy(() -> book().add(given)).hasMessageContaining("path-style");
    assertThat(book().file()).doesNotExist();
    assertThat(data().resolve("private")).doesNotExist();
  }

  @Test
  void removingKeepsNothingOfTheSecret() throws IOException {
    book().add(vault("north"));
    book().add(vault("north.b"));
    assertThat(book().remove("north")).isTrue();
    assertThat(book().remove("north")).isFalse();
    assertThat(secret("north.secret-access-key")).doesNotExist();
    assertThat(secret("north.b.secret-access-key")).hasContent(SECRET);
    assertThat(book().providers().all())
        .extracting(ProviderSettings::id)
        .containsExactly("north.b");
  }

  @Test
  void aFileOfTheUserIsNotRemoved() throws IOException {
    var mine = Files.writeString(directory.resolve("mine"), SECRET);
    var given = vault("north");
    given.remove("Secret_Access_Key");
    given.put("secret-access-key-file", mine.toString());
    book().add(given);
    assertThat(book().remove("north")).isTrue();
    assertThat(mine).exists();
  }

  @Test
  void whatACrashLeftOfASecretIsRemoved() throws IOException {
    book().add(vault("other"));
    // As a crash between the secret and the list leaves it, and one within the secret.
    Files.writeString(secret("north.secret-access-key"), SECRET);
    Files.writeString(secret("north.session-token.next"), SECRET);
    assertThat(book().remove("north")).isTrue();
    assertThat(secret("").toFile().list()).containsExactly("other.secret-access-key");
  }

  @Test
  void oneThatIsConfiguredElsewhereIsNotRemoved() {
    assertThatThrownBy(() -> book(local("a", "/a")).remove("a"))
        .hasMessage("a is configured in raic.providers[0]: remove it there");
    assertThatThrownBy(() -> book().remove("store-1")).hasMessageContaining("for trying");
    assertThat(data()).doesNotExist();
  }

  @Test
  void commandsAtTheSameTimeDoNotUndoEachOther() throws IOException {
    book().add(vault("north"));
    try (var channel =
            FileChannel.open(data().resolve("providers.lock"), StandardOpenOption.WRITE);
        var _ = channel.lock()) {
      assertThatThrownBy(() -> book().add(vault("south")))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("try again");
      assertThatThrownBy(() -> book().remove("north")).hasMessageContaining("try again");
    }
    assertThat(book().providers().all()).extracting(ProviderSettings::id).containsExactly("north");
  }

  @Test
  void aFileThatSomebodyBrokeIsNamed() throws IOException {
    Files.createDirectories(data());
    Files.writeString(book().file(), "providers:\n  - id: a\n    buckte: " + SECRET + "\n");
    assertThatThrownBy(() -> book().providers())
        .hasMessageStartingWith(book().file() + ": providers[0].buckte is unknown")
        .message()
        .doesNotContain(SECRET);
    Files.writeString(book().file(), "x".repeat((1 << 20) + 1));
    assertThatThrownBy(() -> book().providers()).hasMessageContaining("longer than");
    Files.write(book().file(), new byte[] {(byte) 0xff});
    assertThatThrownBy(() -> book().providers()).hasMessageEndingWith("is no UTF-8");
  }

  @Test
  void whatThePlacementLacksIsSaid() throws IOException {
    assertThat(book(local("a", "/a")).lack())
        .hasValueSatisfying(
            lack -> assertThat(lack).contains("at least 3 different operators", "there are 1"));
    var four = book(local("a", "/a"), local("b", "/b"), local("c", "/c"), local("d", "/d"));
    assertThat(four.lack()).isEmpty();
    assertThat(four.lackWithout("d"))
        .hasValueSatisfying(lack -> assertThat(lack).contains("happy is 4"));
  }

  @Test
  void withoutTheLastProviderAreOnlyTheTrialStores() throws IOException {
    var one = book(local("a", "/a"));
    assertThat(one.isLast("a")).isTrue();
    assertThat(one.isLast("b")).isFalse();
    assertThat(one.lackWithout("a")).isEmpty();
    assertThat(book(local("a", "/a"), local("b", "/b")).isLast("a")).isFalse();
    assertThat(book().isLast("store-1")).isFalse();
  }
}
