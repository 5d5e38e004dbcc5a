package io.raic.benchmarks.drivers;

import io.raic.cloud.registry.Backends;
import io.raic.cloud.registry.Driver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** A directory for temporary files, on whatever disk that is, and removed at the end. */
final class LocalWorkload implements Workload {
  private final Path directory;
  private final Workload driver;

  LocalWorkload() {
    try {
      directory = Files.createTempDirectory("raic-benchmark");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    driver =
        new DriverWorkload(
            Backends.open(Driver.LOCAL, "measured", Map.of("path", directory.toString())));
  }

  @Override
  public void put() throws Exception {
    driver.put();
  }

  @Override
  public void get() throws Exception {
    driver.get();
  }

  @Override
  public void close() {
    driver.close();
    try {
      List<Path> all;
      try (var found = Files.walk(directory)) {
        all = found.sorted(Comparator.reverseOrder()).toList();
      }
      for (Path path : all) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
