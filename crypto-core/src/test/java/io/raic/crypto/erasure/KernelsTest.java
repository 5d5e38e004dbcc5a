package io.raic.crypto.erasure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is in use depends on how Java was started, so each of these starts another one. */
class KernelsTest {
  private static final String MODULE = "--add-modules=jdk.incubator.vector";

  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  void withoutTheModuleEverythingWorksAndTheReportNamesTheFlag() throws Exception {
    assertThat(run())
        .containsExactly(
            "erasure code: portable kernel; whether a vector kernel is faster was not tried",
            "vector: absent",
            "erasure code: portable kernel; start Java with"
                + " --add-modules=jdk.incubator.vector to go faster",
            "right bytes");
  }

  /** Java is told to take the machine for a lesser one; a machine without the option ignores it. */
  @ParameterizedTest
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  @CsvSource({"MaxVectorSize=64", "MaxVectorSize=32", "MaxVectorSize=16", "UseAVX=2", "UseAVX=0"})
  void theVectorKernelIsRightWhateverTheHardware(String option) throws Exception {
    var lines = run("-XX:+IgnoreUnrecognizedVMOptions", "-XX:" + option, MODULE);
    assertThat(lines.get(1)).matches("vector: (128|512)-bit vector");
    assertThat(lines.get(2))
        .matches(
            "erasure code: (\\d+-bit vector kernel"
                + "|portable kernel; the \\d+-bit vector one is slower here)");
    assertThat(lines.getLast()).isEqualTo("right bytes");
  }

  @Test
  void aVectorKernelThatDoesNotWinInTimeIsNotUsed() {
    long[] now = {0};
    assertThat(Kernels.chooseFastest(() -> now[0] += 10_000_000_000L))
        .matches("erasure code: portable kernel; the \\d+-bit vector one is slower here");
    assertThat(Kernels.current()).isSameAs(Kernels.portable()).hasToString("portable");
    assertThat(Kernels.scalar()).hasToString("scalar");
  }

  private static List<String> run(String... options) throws Exception {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(
        List.of(
            "-cp", locationOf(ErasureCode.class) + File.pathSeparator + locationOf(Main.class)));
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
    private Main() {}

    public static void main(String[] args) {
      System.out.println(Kernels.report());
      System.out.println("vector: " + Kernels.vector().map(Kernel::toString).orElse("absent"));
      System.out.println(Kernels.chooseFastest(System::nanoTime));
      boolean right =
          KernelTrial.givesRightBytes(Kernels.current()::combine)
              && KernelTrial.givesRightBytes(Kernels.vector().orElse(Kernels.portable())::combine);
      System.out.println(right ? "right bytes" : "wrong bytes");
    }
  }
}
