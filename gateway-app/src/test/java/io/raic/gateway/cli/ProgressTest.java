package io.raic.gateway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressTest {
  private static final long SECOND = 1_000_000_000;

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private long now;

  private Progress start(boolean terminal, boolean quiet) {
    var stdio =
        new Stdio(
            InputStream.nullInputStream(),
            OutputStream.nullOutputStream(),
            new PrintStream(err, true, UTF_8),
            terminal,
            Map.of(),
            () -> now,
            Optional::empty);
    return Progress.start(stdio, quiet);
  }

  private String drawn() {
    String text = err.toString(UTF_8);
    return text.substring(text.lastIndexOf('\r') + 1).stripTrailing();
  }

  @Test
  void bytesShareRateAndTimeLeftAreShown() {
    try (var progress = start(true, false)) {
      progress.expect(100 << 20);
      progress.advance(25 << 20);
      now = 5 * SECOND;
      progress.tick();
      assertThat(drawn())
          .isEqualTo("[===           ]  25 %  25.0 MiB of 100.0 MiB  5.0 MiB/s  ETA 0:15");
    }
    assertThat(err.toString(UTF_8)).endsWith("\n");
  }

  @Test
  void withoutATotalBytesAndRateAreShown() {
    try (var progress = start(true, false)) {
      progress.advance(3 << 20);
      now = 3 * SECOND;
      progress.tick();
      assertThat(drawn()).isEqualTo("3.0 MiB  1.0 MiB/s  0:03");
      progress.waitingFor("for the gateway to store it");
      now = 4000 * SECOND;
      progress.tick();
      assertThat(drawn()).isEqualTo("3.0 MiB sent, waiting for the gateway to store it  1:06:40");
    }
  }

  @Test
  void noLineIsWiderThanATerminal() {
    try (var progress = start(true, false)) {
      progress.expect(1023L << 50);
      progress.advance(1022L << 50);
      now = SECOND;
      progress.tick();
      assertThat(drawn()).hasSizeLessThan(79);
    }
  }

  @ParameterizedTest
  @CsvSource({"false,false", "true,true", "false,true"})
  void withoutATerminalOrWhenQuietNothingIsDrawn(boolean terminal, boolean quiet) {
    try (var progress = start(terminal, quiet)) {
      progress.advance(1);
      now = 100 * SECOND;
      progress.tick();
    }
    assertThat(err.size()).isZero();
  }

  @Test
  void whatIsOverAtOnceIsNotDrawn() {
    try (var progress = start(true, false)) {
      progress.advance(1);
      now = SECOND / 4;
      progress.tick();
    }
    assertThat(err.size()).isZero();
  }

  @Test
  void aRemarkBeginsALineOfItsOwn() {
    try (var progress = start(true, false)) {
      progress.advance(1);
      now = SECOND;
      progress.tick();
      progress.remark("share 3 is bad");
      assertThat(err.toString(UTF_8)).endsWith("\nraic: share 3 is bad\n");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0,0 bytes",
    "1,1 byte",
    "1023,1023 bytes",
    "1024,1.0 KiB",
    "1048575,1.0 MiB",
    "1048576,1.0 MiB",
    "5368709120,5.0 GiB",
    "9223372036854775807,8.0 EiB"
  })
  void bytesAreWrittenForPeople(long bytes, String text) {
    assertThat(ByteCount.text(bytes)).isEqualTo(text);
  }
}
