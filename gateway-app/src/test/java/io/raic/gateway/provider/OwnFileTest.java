package io.raic.gateway.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnFileTest {
  @TempDir private Path directory;

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  @Test
  void onlyItsOwnerCanReadIt() throws IOException {
    var file = directory.resolve("file");
    OwnFile.replace(file, bytes("one"));
    assertThat(file).hasContent("one");
    assertThat(mode(file)).isEqualTo("rw-------");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    OwnFile.replace(file, bytes("two"));
    assertThat(file).hasContent("two");
    assertThat(mode(file)).isEqualTo("rw-------");
    OwnFile.makeDirectory(directory.resolve("made"));
    OwnFile.makeDirectory(directory.resolve("made"));
    assertThat(mode(directory.resolve("made"))).isEqualTo("rwx------");
  }

  @Test
  void whatACrashLeftInTheMiddleDoesNotMatter() throws IOException {
    var file = directory.resolve("file");
    OwnFile.replace(file, bytes("old"));
    // Half of a next one, as a crash before the renaming leaves it.
    Files.writeString(directory.resolve("file.next"), "ne");
    assertThat(file).hasContent("old");
    OwnFile.replace(file, bytes("newer"));
    assertThat(file).hasContent("newer");
    assertThat(directory.toFile().list()).containsExactly("file");
  }

  @Test
  void aWriteThatFailsLeavesTheOldContent() throws IOException {
    var file = directory.resolve("file");
    OwnFile.replace(file, bytes("old"));
    // It cannot be removed, so the next one cannot be made.
    Files.createDirectories(directory.resolve("file.next").resolve("in-the-way"));
    assertThatThrownBy(() -> OwnFile.replace(file, bytes("new"))).isInstanceOf(IOException.class);
    assertThat(file).hasContent("old");
  }

  @Test
  void aLinkIsReplacedAndNotFollowed() throws IOException {
    var other = Files.writeString(directory.resolve("other"), "other's");
    var file = Files.createSymbolicLink(directory.resolve("file"), other);
    Files.createSymbolicLink(directory.resolve("file.next"), other);
    OwnFile.replace(file, bytes("mine"));
    assertThat(other).hasContent("other's");
    assertThat(file).hasContent("mine").isRegularFile();
  }

  @Test
  void removingTakesWhatACrashLeftToo() throws IOException {
    var file = directory.resolve("file");
    Files.writeString(directory.resolve("file.next"), "secret");
    assertThat(OwnFile.remove(file)).isTrue();
    assertThat(OwnFile.remove(file)).isFalse();
    assertThat(directory).isEmptyDirectory();
  }
}
