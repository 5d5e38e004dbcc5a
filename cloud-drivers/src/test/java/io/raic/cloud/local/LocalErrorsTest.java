package io.raic.cloud.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.raic.cloud.BackendException;
import io.raic.cloud.Deadline;
import io.raic.cloud.Operation;
import io.raic.cloud.Request;
import java.io.IOException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What an error of the system means. */
class LocalErrorsTest {
  @TempDir Path disk;

  static Stream<Arguments> errors() {
    return Stream.of(
        error(new IOException("No space left on device"), BackendException.OutOfSpace.class),
        error(new IOException("Disk quota exceeded"), BackendException.OutOfSpace.class),
        error(new IOException("File too large"), BackendException.OutOfSpace.class),
        error(file("No space left on device"), BackendException.OutOfSpace.class),
        error(new AccessDeniedException("/x"), BackendException.AccessDenied.class),
        error(file("Read-only file system"), BackendException.AccessDenied.class),
        error(file("Operation not permitted"), BackendException.AccessDenied.class),
        error(new IOException("Input/output error"), BackendException.Unavailable.class),
        error(file("Stale file handle"), BackendException.Unavailable.class),
        error(file("Too many open files"), BackendException.Unavailable.class),
        error(new NoSuchFileException("/x"), BackendException.Unavailable.class),
        error(new ClosedChannelException(), BackendException.Unavailable.class),
        error(new AsynchronousCloseException(), BackendException.Unavailable.class),
        error(new ClosedByInterruptException(), BackendException.Unavailable.class),
        error(new IOException(), BackendException.Unavailable.class));
  }

  private static Arguments error(IOException e, Class<? extends BackendException> meaning) {
    return Arguments.of(e, meaning);
  }

  private static IOException file(String reason) {
    return new FileSystemException("/x", null, reason);
  }

  @ParameterizedTest
  @MethodSource("errors")
  void anErrorOfTheSystemHasOneMeaning(
      IOException error, Class<? extends BackendException> meaning) {
    assertThat(translate(disk, error))
        .isExactlyInstanceOf(meaning)
        .hasMessageStartingWith("local: write: ")
        .hasCause(error);
  }

  @Test
  void aFullDiskIsSeenWhateverLanguageTheSystemSpeaks() throws Exception {
    try (var mount = Mount.of(disk.resolve("full"), 1 << 16)) {
      assertThat(translate(mount.point(), new IOException("Kein Speicherplatz mehr verfügbar")))
          .isInstanceOf(BackendException.OutOfSpace.class);
    }
  }

  @Test
  void aReadOnlyDiskIsSeenWhateverLanguageTheSystemSpeaks() throws Exception {
    try (var mount = Mount.of(disk.resolve("read"), 1 << 20)) {
      mount.makeReadOnly();
      assertThat(translate(mount.point(), new IOException("Das Dateisystem ist nur lesbar")))
          .isInstanceOf(BackendException.AccessDenied.class);
    }
  }

  private static BackendException translate(Path root, IOException error) {
    return new LocalCall(
            Request.of("local", Operation.WRITE), root, Deadline.in(Duration.ofSeconds(60)))
        .failed(error);
  }
}
