package io.raic.crypto.cipher;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.crypto.bytes.Secret;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class KeyTest {
  /** Format §19. */
  @Test
  void theConvergentKeyIsTheKnownAnswer() {
    assertThat(HexFormat.of().formatHex(convergent("a".repeat(16), 3, 10, 57).toByteArray()))
        .isEqualTo("380ff65ec57c08c67d0219f67b481d28");
  }

  @Test
  void everythingTakesPartInAConvergentKey() {
    var key = convergent("a".repeat(16), 3, 10, 57);
    assertThat(convergent("a".repeat(16), 3, 10, 57)).isEqualTo(key).hasSameHashCodeAs(key);
    assertThat(convergent("a".repeat(15), 3, 10, 57)).isNotEqualTo(key);
    assertThat(convergent("", 3, 10, 57)).isNotEqualTo(key);
    assertThat(convergent("a".repeat(16), 2, 10, 57)).isNotEqualTo(key);
    assertThat(convergent("a".repeat(16), 3, 5, 57)).isNotEqualTo(key);
    assertThat(convergent("a".repeat(16), 3, 10, 60)).isNotEqualTo(key);
  }

  @Test
  void theKeyDoesNotDependOnHowThePlaintextComes() {
    byte[] plaintext = "a".repeat(56).getBytes(US_ASCII);
    var convergence = Convergence.of(Secret.copyOf("a".repeat(16).getBytes(US_ASCII)), 3, 10, 57);
    for (int i = 0; i < plaintext.length; i += 7) {
      convergence.update(plaintext, i, 7);
    }
    assertThat(convergence.key()).isEqualTo(convergent("a".repeat(16), 3, 10, 57));
  }

  @Test
  void aKeyHasSixteenBytesAndShowsNone() {
    assertThatThrownBy(() -> FileKey.of(new byte[15])).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> FileKey.of(new byte[17])).isInstanceOf(IllegalArgumentException.class);
    assertThat(FileKey.of(new byte[16])).hasToString("FileKey[redacted]");
  }

  @Test
  void aKeyDoesNotChangeWithItsArray() {
    byte[] bytes = new byte[16];
    var key = FileKey.of(bytes);
    Arrays.fill(bytes, (byte) 1);
    assertThat(key).isEqualTo(FileKey.of(new byte[16]));
  }

  @Test
  void randomKeysDiffer() {
    var random = new SecureRandom();
    assertThat(FileKey.random(random)).isNotEqualTo(FileKey.random(random));
  }

  private static FileKey convergent(String secret, int needed, int total, int segmentBytes) {
    return Convergence.of(Secret.copyOf(secret.getBytes(US_ASCII)), needed, total, segmentBytes)
        .update("a".repeat(56).getBytes(US_ASCII), 0, 56)
        .key();
  }
}
