package io.raic.gateway.file;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.crypto.bytes.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConvergenceSecretTest {
  @TempDir Path directory;

  private Secret load() throws IOException {
    return ConvergenceSecret.loadOrCreate(directory.resolve("convergence"), new SecureRandom());
  }

  private void write(String text) throws IOException {
    Files.writeString(directory.resolve("convergence"), text);
  }

  @Test
  void theFirstStartMakesASecretThatOnlyItsOwnerReads() throws IOException {
    var secret = load();
    assertThat(secret.length()).isEqualTo(32);
    assertThat(load()).isEqualTo(secret);
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(directory.resolve("convergence"))))
        .isEqualTo("rw-------");
  }

  @Test
  void aGivenSecretIsTaken() throws IOException {
    write("  nbswy3dp \n");
    assertThat(load()).isEqualTo(Secret.copyOf("hello".getBytes(US_ASCII)));
  }

  @Test
  void anEmptyFileIsTheEmptySecret() throws IOException {
    write("\n");
    assertThat(load().length()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"NBSWY3DP", "nbswy3d", "nbswy3d1", "a b"})
  void anythingElseIsRefusedAndNotShown(String text) throws IOException {
    write(text);
    assertThatThrownBy(this::load)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is no convergence secret")
        .hasMessageNotContaining(text);
  }

  @Test
  void aFileThatIsNoSecretIsNotReadWhole() throws IOException {
    write("a".repeat(5000));
    assertThatThrownBy(this::load).hasMessageContaining("too long");
  }
}
