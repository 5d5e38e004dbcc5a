package io.raic.cloud.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.raic.cloud.registry.Driver;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A long object takes no more memory than a short one. */
public interface SmallHeapContract {
  /** The heap, which half the object does not fit into. */
  String HEAP = "-Xmx96m";

  /** How long the object is. */
  long BYTES = 200L << 20;

  /** Returns the driver. */
  Driver driver();

  /** Returns what it is configured with, for an empty store that nobody else uses. */
  Map<String, String> settings();

  @Test
  default void aLongObjectPassesASmallHeap() throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    HEAP,
                    "-XX:+ExitOnOutOfMemoryError",
                    "-cp",
                    classPath(),
                    SmallHeapTransfer.class.getName(),
                    driver().name()))
            .redirectErrorStream(true)
            .start();
    // By standard input: there are credentials among them.
    try (var in = process.outputWriter(StandardCharsets.UTF_8)) {
      for (var setting : settings().entrySet()) {
        in.write("%s=%s%n".formatted(setting.getKey(), setting.getValue()));
      }
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  private static String classPath() {
    return Objects.requireNonNullElse(
        System.getProperty("surefire.test.class.path"), System.getProperty("java.class.path"));
  }
}
