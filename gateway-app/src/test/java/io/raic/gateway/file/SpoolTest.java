package io.raic.gateway.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.crypto.bytes.Secret;
import io.raic.crypto.cipher.Convergence;
import io.raic.crypto.file.Encoding;
import io.raic.gateway.engine.BreakingInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpoolTest {
  private static final Encoding ENCODING = new Encoding(3, 5, 100_000);
  private static final Secret SECRET = Secret.copyOf(new byte[] {1, 2, 3});

  @TempDir Path directory;

  private Spool spool(byte[] plaintext, int memoryBytes) throws IOException {
    return Spool.of(
        new ByteArrayInputStream(plaintext),
        ENCODING,
        Optional.of(SECRET),
        new SpoolDirectory(directory, new SecureRandom()),
        memoryBytes);
  }

  private static byte[] data(int length) {
    byte[] data = new byte[length];
    RandomGeneratorFactory.of("L64X128MixRandom").create(length).nextBytes(data);
    return data;
  }

  @ParameterizedTest
  @ValueSource(
      ints = {56, 65_535, 65_536, 65_537, 100_001, 100_002, 150_000, 150_001, 700_000, 3_000_000})
  void whatGoesInComesOutWithItsConvergentKey(int size) throws IOException {
    byte[] plaintext = data(size);
    try (var spool = spool(plaintext, 150_000)) {
      assertThat(spool.size()).isEqualTo(size);
      int segmentBytes = ENCODING.geometry(size).segmentBytes();
      assertThat(spool.convergentKey())
          .contains(Convergence.of(SECRET, 3, 5, segmentBytes).update(plaintext, 0, size).key());
      assertThat(spool.open().readAllBytes()).isEqualTo(plaintext);
      assertThat(spool.open().readNBytes(10)).isEqualTo(Arrays.copyOf(plaintext, 10));
    }
  }

  @Test
  void aMemoryShorterThanASegmentIsTakenForOne() throws IOException {
    byte[] plaintext = data(100_000);
    try (var spool = spool(plaintext, 1)) {
      assertThat(spool.open().readAllBytes()).isEqualTo(plaintext);
    }
  }

  @Test
  void theTemporaryFileHasNoName() throws IOException {
    try (var spool = spool(data(500_000), 100_000)) {
      assertThat(directory).isEmptyDirectory();
      assertThat(spool.size()).isEqualTo(500_000);
    }
  }

  @Test
  void theTemporaryFileIsEncrypted() throws IOException {
    byte[] zeros = new byte[500_000];
    try (var file = SpoolFile.create(directory, new SecureRandom())) {
      file.write(zeros, zeros.length);
      // The file has no name: the system still shows it under the process.
      byte[] stored = ofThisProcess();
      assertThat(stored).hasSize(zeros.length);
      int zeroCount = 0;
      for (byte b : stored) {
        zeroCount += b == 0 ? 1 : 0;
      }
      assertThat(zeroCount).isLessThan(5000);
    }
  }

  private byte[] ofThisProcess() throws IOException {
    try (var open = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path descriptor : open) {
        if (Files.isSymbolicLink(descriptor)
            && Files.readSymbolicLink(descriptor).startsWith(directory.toRealPath())) {
          return Files.readAllBytes(descriptor);
        }
      }
    }
    throw new IOException("no temporary file is open");
  }

  @Test
  void aPlaintextThatBreaksOffLeavesNothing() {
    assertThatThrownBy(() ->
            Spool.of(
                new BreakingInput(data(300_000)),
                ENCODING,
                Optional.empty(),
                new SpoolDirectory(directory, new SecureRandom()),
                100_000))
        .hasMessage("gone");
    assertThat(directory).isEmptyDirectory();
  }
}
