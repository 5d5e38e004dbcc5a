package io.raic.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GetTest {
  private static final int SIZE = 1_000_000;
  private static final String CAP = CapTest.EXAMPLE.replaceFirst("56$", String.valueOf(SIZE));

  @TempDir private Path directory;

  @Test
  void theFileGoesToStandardOutput() throws IOException {
    try (var gateway = new FakeGateway(FakeGateway.bytes(200, PutTest.bytes(SIZE)))) {
      var result = new RaicRun().run("get", "--url", gateway.url(), CAP);
      assertThat(result.code()).isZero();
      assertThat(result.err()).isEmpty();
      assertThat(result.out()).isEqualTo(PutTest.bytes(SIZE));
      assertThat(gateway.requests().getFirst().line())
          .isEqualTo("GET /uri/" + CAP.replace(":", "%3A"));
    }
  }

  @Test
  void theFileReplacesAnotherThroughLinksAndKeepsItsPermissions() throws IOException {
    var target = Files.writeString(directory.resolve("target"), "old");
    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-r-----"));
    var link = Files.createSymbolicLink(directory.resolve("link"), target);
    try (var gateway = new FakeGateway(FakeGateway.bytes(200, PutTest.bytes(SIZE)))) {
      var result = new RaicRun().run("get", "--url", gateway.url(), CAP, "-o", link);
      assertThat(result.code()).isZero();
      assertThat(result.out()).isEmpty();
      assertThat(target).hasBinaryContent(PutTest.bytes(SIZE));
      assertThat(Files.isSymbolicLink(link)).isTrue();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
          .isEqualTo("rw-r-----");
      assertNothingIsLeft(2);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aTransferThatBreaksOffLeavesTheTargetAsItWas(boolean exists) throws IOException {
    var target = directory.resolve("target");
    if (exists) {
      Files.writeString(target, "old");
    }
    try (var gateway = new FakeGateway(FakeGateway.cutOff(PutTest.bytes(100_000), SIZE))) {
      var result = new RaicRun().run("get", "--url", gateway.url(), CAP, "-o", target);
      assertThat(result.code()).isEqualTo(ExitCode.UNAVAILABLE.number());
      assertThat(result.err()).startsWith("raic: the connection to the gateway broke off");
      assertThat(result.err()).hasLineCount(1);
      assertThat(Files.exists(target)).isEqualTo(exists);
      assertNothingIsLeft(exists ? 1 : 0);
    }
  }

  @Test
  void aFileShorterThanItsCapSaysIsNotComplete() throws IOException {
    var target = directory.resolve("target");
    try (var gateway = new FakeGateway(FakeGateway.bytes(200, PutTest.bytes(SIZE - 1)))) {
      var result = new RaicRun().run("get", "--url", gateway.url(), CAP, "-o", target);
      assertThat(result.code()).isEqualTo(ExitCode.UNAVAILABLE.number());
      assertNothingIsLeft(0);
    }
  }

  @ParameterizedTest
  @CsvSource({"400,1", "403,1", "404,1", "410,3", "500,4", "503,4", "302,1"})
  void refusalsHaveTheirExitCodes(int status, int code) throws IOException {
    try (var gateway = new FakeGateway(FakeGateway.text(status, "found 2 of 3 shares"))) {
      var result =
          new RaicRun().run("get", "--url", gateway.url(), CAP, "-o", directory.resolve("out"));
      assertThat(result.code()).isEqualTo(code);
      assertThat(result.err())
          .isEqualTo("raic: the gateway answers %d: found 2 of 3 shares\n".formatted(status));
      assertNothingIsLeft(0);
    }
  }

  @Test
  void aShareThatSaysItsNumberIsNotNumberedTwice() throws IOException {
    String words = "share 4 on store-2: share 4: block 0 is bad; share 3 on a: share 4: x";
    try (var gateway = new FakeGateway(FakeGateway.text(410, words))) {
      assertThat(new RaicRun().run("get", "--url", gateway.url(), CAP).err())
          .contains("410: share 4 on store-2: block 0 is bad; share 3 on a: share 4: x");
    }
  }

  @Test
  void aTransferThatStandsStillIsGivenUp() throws IOException {
    var release = new CountDownLatch(1);
    FakeGateway.Answer hanging =
        exchange -> {
          FakeGateway.cutOff(new byte[10], SIZE).to(exchange);
          try {
            release.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    try (var gateway = new FakeGateway(hanging)) {
      var result =
          new RaicRun()
              .withClock(leaping(Duration.ofSeconds(5)))
              .run("get", "--timeout", "30", "--url", gateway.url(), CAP);
      assertThat(result.code()).isEqualTo(ExitCode.UNAVAILABLE.number());
      assertThat(result.err()).contains("no sign of life for 30 seconds").hasLineCount(1);
    } finally {
      release.countDown();
    }
  }

  @Test
  void whatIsNoRegularFileIsWrittenToDirectly() throws IOException {
    try (var gateway = new FakeGateway(FakeGateway.bytes(200, PutTest.bytes(SIZE)))) {
      var result = new RaicRun().run("get", "--url", gateway.url(), CAP, "-o", "/dev/null");
      assertThat(result.err()).isEmpty();
      assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
    }
  }

  @Test
  void aDirectoryAndAMissingOneAreNoTargets() throws IOException {
    try (var gateway = new FakeGateway(FakeGateway.bytes(200, PutTest.bytes(SIZE)))) {
      for (var target : new Path[] {directory, directory.resolve("none/file")}) {
        var result = new RaicRun().run("get", "--url", gateway.url(), CAP, "-o", target);
        assertThat(result.code()).isEqualTo(ExitCode.FAILED.number());
        assertThat(result.err()).startsWith("raic: cannot write ").hasLineCount(1);
      }
      assertThat(gateway.requests()).isEmpty();
    }
  }

  @Test
  void aReaderThatStopsIsNoError() throws IOException {
    try (var gateway = new FakeGateway(FakeGateway.bytes(200, PutTest.bytes(SIZE)))) {
      var result =
          new RaicRun()
              .runInto(RaicTest.failing("Broken pipe"), "get", "--url", gateway.url(), CAP);
      assertThat(result.code()).isEqualTo(ExitCode.OUTPUT_CLOSED.number());
      assertThat(result.err()).isEmpty();
    }
  }

  @Test
  void aVerifyCapCannotRead() {
    var result = new RaicRun().run("get", CAP.replace("CHK", "CHK-Verifier"));
    assertThat(result.code()).isEqualTo(ExitCode.USAGE.number());
    assertThat(result.err()).contains("cannot read").hasLineCount(1);
  }

  /** Returns a clock that moves on by {@code step} whenever somebody looks at it. */
  static LongSupplier leaping(Duration step) {
    var now = new AtomicLong();
    return () -> now.addAndGet(step.toNanos());
  }

  private void assertNothingIsLeft(int expected) throws IOException {
    try (var files = Files.list(directory)) {
      assertThat(files.count()).isEqualTo(expected);
    }
  }
}
