package io.raic.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewSharesTest {
  private static final byte[] SHARE = {1, 2, 3};

  @TempDir private Path directory;
  private Path file;
  private Path shares;

  @BeforeEach
  void aFileAndNoShares() throws IOException {
    file = Files.write(directory.resolve("file"), PutTest.bytes(10_000));
    shares = directory.resolve("new/shares");
  }

  @Test
  void sharesWhoseCapabilityIsLostAreNotKept() {
    var result =
        new RaicRun().runInto(RaicTest.failing("No space left on device"), "encode", file, shares);
    assertThat(result.code()).isEqualTo(ExitCode.FAILED.number());
    assertThat(result.err()).contains("No space left on device").hasLineCount(1);
    assertThat(directory.toFile().list()).containsExactly("file");
  }

  @Test
  void sharesWhoseCapabilityIsLostReplaceNone() throws IOException {
    oldShares(5);
    var full = RaicTest.failing("No space left on device");
    var result = new RaicRun().runInto(full, "encode", "--force", file, shares);
    assertThat(result.code()).isEqualTo(ExitCode.FAILED.number());
    assertOldShares(0, 1, 2, 3, 4);
    assertThat(shares.toFile().list()).hasSize(5);
  }

  @Test
  void nothingIsReplacedBeforeAllSharesAreFinished() throws IOException {
    oldShares(2);
    try (var fresh = NewShares.in(shares, 3, true)) {
      for (var sink : fresh.sinks()) {
        sink.write(SHARE, 0, SHARE.length);
      }
      fresh.finish();
      assertOldShares(0, 1);
      assertThat(shares.resolve("2")).doesNotExist();
    }
    assertOldShares(0, 1);
    assertThat(shares.toFile().list()).hasSize(2);
  }

  @Test
  void whatCannotBePublishedTakesNoOlderShareWithIt() throws IOException {
    oldShares(1);
    var fresh = NewShares.in(shares, 3, true);
    try (fresh) {
      for (var sink : fresh.sinks()) {
        sink.write(SHARE, 0, SHARE.length);
      }
      fresh.finish();
      Files.createDirectories(shares.resolve("2/full"));
      assertThatExceptionOfType(Failure.class).isThrownBy(fresh::publish);
    }
    assertThat(shares.resolve("0")).hasBinaryContent(SHARE);
    assertThat(shares.toFile().list()).containsExactlyInAnyOrder("0", "2");
  }

  @Test
  void evenForceReplacesOnlyRegularFiles() throws IOException {
    oldShares(2);
    var elsewhere = Files.writeString(directory.resolve("elsewhere"), "precious");
    for (var target : new Path[] {shares.resolve("2"), shares.resolve("3")}) {
      if (target.endsWith("2")) {
        Files.createDirectory(target);
      } else {
        Files.createSymbolicLink(target, elsewhere);
      }
      var result = new RaicRun().run("encode", "--force", file, shares);
      assertThat(result.code()).isEqualTo(ExitCode.FAILED.number());
      assertThat(result.out()).isEmpty();
      assertThat(result.err()).contains(target + " is no regular file").hasLineCount(1);
      assertOldShares(0, 1);
      assertThat(elsewhere).hasContent("precious");
      Files.delete(target);
    }
  }

  @Test
  void aDirectoryThatWasThereStays() throws IOException {
    Files.createDirectories(shares);
    var full = RaicTest.failing("No space left on device");
    new RaicRun().runInto(full, "encode", file, shares);
    assertThat(shares).isEmptyDirectory();
  }

  private void oldShares(int count) throws IOException {
    Files.createDirectories(shares);
    for (int i = 0; i < count; i++) {
      Files.writeString(shares.resolve(Integer.toString(i)), "old " + i);
    }
  }

  private void assertOldShares(int... numbers) {
    for (int number : numbers) {
      assertThat(shares.resolve(Integer.toString(number))).hasContent("old " + number);
    }
  }
}
