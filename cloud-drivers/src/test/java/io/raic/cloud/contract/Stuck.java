package io.raic.cloud.contract;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Threads that are in a driver though nobody uses one any more. */
final class Stuck {
  private static final Pattern DRIVER =
      Pattern.compile("[ /]io\\.raic\\.cloud\\.(s3|swift|azure|gcs|box|parts)\\.(?!fake\\.)");

  private static final Duration PAUSE = Duration.ofMillis(50);

  private Stuck() {}

  /**
   * Returns those of them that are still there when {@code limit} is over, as the JDK prints them.
   */
  static List<String> await(Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    var stuck = now();
    while (!stuck.isEmpty() && System.nanoTime() < end) {
      LockSupport.parkNanos(PAUSE.toNanos());
      stuck = now();
    }
    return stuck;
  }

  private static List<String> now() {
    try {
      Path directory = Files.createTempDirectory("raic-threads");
      Path dump = directory.resolve("dump");
      try {
        // The only way to see virtual threads from within.
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
            .dumpThreads(dump.toString(), HotSpotDiagnosticMXBean.ThreadDumpFormat.TEXT_PLAIN);
        return Stream.of(Files.readString(dump).split("\n\n"))
            .filter(thread -> DRIVER.matcher(thread).find())
            .toList();
      } finally {
        Files.deleteIfExists(dump);
        Files.delete(directory);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
