package io.raic.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The sources of scripts and styles, and what npm installs for them. */
final class Frontend {
  private static final Path DIRECTORY = Path.of("frontend").toAbsolutePath();
  private static final boolean IS_CI = "true".equals(System.getenv("CI"));

  private Frontend() {}

  /** Skips the test if something is missing that a developer need not have; fails on CI. */
  static void require(boolean isThere, String what) {
    if (IS_CI) {
      assertThat(isThere).describedAs(what).isTrue();
    }
    assumeTrue(isThere, what);
  }

  /** Installs what {@code package-lock.json} names, unless it is there. */
  static synchronized void install() {
    var lock = DIRECTORY.resolve("package-lock.json");
    var installed = DIRECTORY.resolve("node_modules/.package-lock.json");
    try {
      if (Files.exists(installed)
          && !Files.getLastModifiedTime(installed)
              .toInstant()
              .isBefore(Files.getLastModifiedTime(lock).toInstant())) {
        return;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    require(run("npm", "--version") == 0, "npm is not installed");
    require(run("npm", "ci", "--ignore-scripts") == 0, "npm ci failed: see target/frontend.log");
  }

  /** Runs a command in the directory of the sources, and returns how it ended. */
  static int run(String... command) {
    try {
      var log = Path.of("target", "frontend.log").toAbsolutePath().toFile();
      var process =
          new ProcessBuilder(List.of(command))
              .directory(DIRECTORY.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
              .start();
      if (!process.waitFor(5, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        return -1;
      }
      return process.exitValue();
    } catch (IOException _) {
      return -1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Returns the script that finds what keeps people from using a page. */
  static String axe() {
    install();
    try {
      return Files.readString(DIRECTORY.resolve("node_modules/axe-core/axe.min.js"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
