package io.raic.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NewFileTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"rw-------", "rw-rw-rw-", "---------"})
  void whatReplacesAFileIsNeverOpenToMoreThanIt(String permissions) throws IOException {
    var target = Files.writeString(directory.resolve("target"), "old");
    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(permissions));
    try (var file = NewFile.replacing(target)) {
      var allowed = PosixFilePermissions.fromString(permissions);
      assertThat(allowed).containsAll(Files.getPosixFilePermissions(temporary()));
      file.stream().write(new byte[] {1});
      file.commit();
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
        .isEqualTo(permissions);
    assertThat(directory.toFile().list()).containsExactly("target");
  }

  @Test
  void aLinkToNothingYetIsFollowed() throws IOException {
    var target = directory.resolve("target");
    var link = Files.createSymbolicLink(directory.resolve("link"), Path.of("other"));
    Files.createSymbolicLink(directory.resolve("other"), target);
    try (var file = NewFile.replacing(link)) {
      file.stream().write(new byte[] {1});
      file.commit();
    }
    assertThat(link).isSymbolicLink();
    assertThat(Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)).isTrue();
  }

  @Test
  void aCircleOfLinksIsNoTarget() throws IOException {
    var link = Files.createSymbolicLink(directory.resolve("link"), Path.of("link"));
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> NewFile.replacing(link))
        .withMessageContaining("too many symbolic links");
  }

  private Path temporary() throws IOException {
    try (var files = Files.list(directory)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(".part"))
          .findFirst()
          .orElseThrow();
    }
  }
}
