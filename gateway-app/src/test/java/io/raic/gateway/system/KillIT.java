package io.raic.gateway.system;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.raic.gateway.http.Scratch;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Uploads that are killed at any moment: what was acknowledged is there, and nothing is half. */
class KillIT {
  private static final int ROUNDS = 100;

  /** The longest that a process may live after it is ready. */
  private static final int MAX_LIFE_MILLIS = 600;

  private static final Path DIRECTORY = Scratch.directory("killed");
  private static int acknowledged;
  private static int visible;

  static IntStream seeds() {
    return IntStream.range(0, ROUNDS);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatWasAcknowledgedIsThereAndNothingIsHalf(int seed) throws Exception {
    Path directory = DIRECTORY.resolve("round-" + seed);
    try {
      var stored = storeUntilKilled(directory, seed);
      acknowledged += stored.size();
      try (var engine = Engine.open(directory)) {
        for (var file : stored) {
          engine.assertReads(file.cap(), file.seed(), file.size());
        }
        for (var store : engine.stores()) {
          visible += VisibleShares.assertWhole(store);
          var temporary = directory.resolve(store.id()).resolve(".tmp").toFile();
          assertThat(temporary.list()).isNullOrEmpty();
        }
      }
    } finally {
      Scratch.remove(directory);
    }
  }

  private static List<UploadLoop.Stored> storeUntilKilled(Path directory, int seed)
      throws IOException, InterruptedException {
    Files.createDirectories(directory);
    var process =
        new ProcessBuilder(
                GatewayProcess.java(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider",
                "-cp",
                System.getProperty("java.class.path"),
                UploadLoop.class.getName(),
                directory.toString(),
                Integer.toString(seed))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var out = process.inputReader(US_ASCII)) {
      assertThat(out.readLine()).isEqualTo(UploadLoop.READY);
      LockSupport.parkNanos(
          TimeUnit.MICROSECONDS.toNanos(new Random(seed).nextInt(1000 * MAX_LIFE_MILLIS)));
      // Unlike the process itself its handle leaves what was printed to be read.
      assertThat(process.toHandle().destroyForcibly()).isTrue();
      return whatWasSaid(out);
    } finally {
      process.destroyForcibly();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  /** Reads to the end; a line without one was not said. */
  private static List<UploadLoop.Stored> whatWasSaid(BufferedReader out) throws IOException {
    var all = new StringBuilder();
    char[] buffer = new char[8192];
    int got;
    while ((got = out.read(buffer)) >= 0) {
      all.append(buffer, 0, got);
    }
    var stored = new ArrayList<UploadLoop.Stored>();
    all.substring(0, all.lastIndexOf("\n") + 1)
        .lines()
        .forEach(line -> stored.add(UploadLoop.Stored.parse(line)));
    return stored;
  }

  @AfterAll
  static void report() throws IOException {
    System.out.printf(
        "kill -9 in %d rounds: %d files acknowledged, %d shares visible, all whole%n",
        ROUNDS, acknowledged, visible);
    Scratch.remove(DIRECTORY);
    assertThat(acknowledged).isGreaterThan(ROUNDS);
  }
}
