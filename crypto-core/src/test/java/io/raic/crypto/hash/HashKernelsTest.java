package io.raic.crypto.hash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HashKernelsTest {
  private static final String MODULE = "--add-modules=jdk.incubator.vector";
  private static final String NOT_TRIED =
      "hashes: one message after the other; whether several at once are faster was not tried";

  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  void withoutTheModuleEverythingWorksAndTheReportNamesTheFlag() throws Exception {
    assertThat(run())
        .containsExactly(
            NOT_TRIED,
            "hashes: one message after the other; start Java with"
                + " --add-modules=jdk.incubator.vector to go faster",
            "right bytes");
  }

  /** Java is told to take the machine for a lesser one; a machine without the option ignores it. */
  @ParameterizedTest
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  @ValueSource(strings = {"MaxVectorSize=64", "MaxVectorSize=32", "UseAVX=2", "-UseSHA"})
  void hashesAreRightWhateverTheHardware(String option) throws Exception {
    var lines = run("-XX:+IgnoreUnrecognizedVMOptions", "-XX:" + option, MODULE);
    assertThat(lines.getFirst()).isEqualTo(NOT_TRIED);
    assertThat(lines.get(1))
        .matches(
            "hashes: (16 messages at once, from \\d+ long ones on"
                + "|one message after the other; this machine has no vectors of 512 bits"
                + "|one message after the other; several at once are slower here)");
    assertThat(lines.getLast()).isEqualTo("right bytes");
  }

  @Test
  void lanesThatDoNotWinInTimeAreNotUsed() {
    long[] now = {0};
    assertThat(HashKernels.chooseFastest(() -> now[0] += 10_000_000_000L))
        .matches(
            "hashes: one message after the other; (this machine has no vectors of 512 bits"
                + "|several at once are slower here)")
        .isEqualTo(HashKernels.report());
    assertThat(HashKernels.current()).isEmpty();
  }

  private static List<String> run(String... options) throws Exception {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(
        List.of(
            "-cp", locationOf(HashKernels.class) + File.pathSeparator + locationOf(Main.class)));
    command.add(Main.class.getName());
    var process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try {
      var lines = new String(process.getInputStream().readAllBytes(), UTF_8).lines().toList();
      assertThat(process.waitFor()).as("exit code of %s", command).isZero();
      return lines;
    } finally {
      process.destroyForcibly();
    }
  }

  private static String locationOf(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }

  /** Needs nothing but the module's own classes. */
  static final class Main {
    private static final int MESSAGES = 40;
    private static final int LENGTH = 10_000;

    private Main() {}

    public static void main(String[] args) {
      System.out.println(HashKernels.report());
      System.out.println(HashKernels.chooseFastest(System::nanoTime));
      byte[] data = new byte[MESSAGES * LENGTH];
      new Random(1).nextBytes(data);
      var batch = new HashBatch();
      for (int i = 0; i < MESSAGES; i++) {
        batch.add(Tag.BLOCK, data, i * LENGTH, LENGTH);
      }
      byte[] got = new byte[MESSAGES * TaggedHash.LENGTH];
      batch.digest(got, 0);
      byte[] wanted = new byte[got.length];
      var hash = TaggedHash.of(Tag.BLOCK);
      for (int i = 0; i < MESSAGES; i++) {
        hash.update(data, i * LENGTH, LENGTH).digest(wanted, i * TaggedHash.LENGTH);
      }
      System.out.println(Arrays.equals(got, wanted) ? "right bytes" : "wrong bytes");
    }
  }
}
