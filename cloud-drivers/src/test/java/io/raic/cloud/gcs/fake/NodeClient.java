package io.raic.cloud.gcs.fake;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** Google's client for Node.js, installed once into the cache of the tests. */
final class NodeClient {
  private static final String PACKAGE = "@google-cloud/storage@7.22.0";

  private NodeClient() {}

  /** Returns where the client is; skips the test, or with CI=true fails it, where it cannot be. */
  static Path installed() throws IOException, InterruptedException {
    var directory = cache().resolve("npm-gcs");
    if (run(List.of("node", "--version"), cache()).isEmpty()) {
      missing("node is not installed");
    }
    if (!Files.exists(directory.resolve("node_modules/@google-cloud/storage/package.json"))) {
      Files.createDirectories(directory);
      Files.writeString(directory.resolve("package.json"), "{\"private\": true}\n");
      var install =
          List.of(
              "npm",
              "install",
              "--no-audit",
              "--no-fund",
              "--ignore-scripts",
              "--save-exact",
              PACKAGE);
      if (run(install, directory).isEmpty()) {
        missing("npm cannot install " + PACKAGE);
      }
    }
    return directory;
  }

  private static Path cache() throws IOException {
    Path cache =
        variable("RAIC_TESTBED")
            .map(Path::of)
            .orElseGet(() ->
                variable("XDG_CACHE_HOME")
                    .map(Path::of)
                    .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"))
                    .resolve("raic-testbed"));
    return Files.createDirectories(cache);
  }

  private static Optional<String> variable(String name) {
    return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isEmpty());
  }

  private static void missing(String why) {
    if (variable("CI").orElse("").equals("true")) {
      Assertions.fail(why + ", and with CI=true nothing is skipped");
    }
    Assumptions.abort(why);
  }

  /** Runs the script of facts and returns what it prints. */
  static List<String> facts(Path modules, GcsFake fake) throws IOException, InterruptedException {
    Path script = Files.createTempFile("gcs-client", ".cjs");
    try (InputStream source = NodeClient.class.getResourceAsStream("client.cjs")) {
      Files.write(script, Objects.requireNonNull(source).readAllBytes());
      var command =
          List.of(
              "node",
              script.toString(),
              modules.toString(),
              fake.endpoint(),
              fake.tokens().issue());
      return run(command, modules)
          .orElseThrow(() -> new AssertionError("the client found fault with the fake: see above"));
    } finally {
      Files.deleteIfExists(script);
    }
  }

  /** Returns the lines printed; empty if the command cannot be run, fails, or takes too long. */
  private static Optional<List<String>> run(List<String> command, Path directory)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile("gcs-client", ".out");
    try {
      var process =
          new ProcessBuilder(new ArrayList<>(command))
              .directory(directory.toFile())
              .redirectOutput(out.toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      if (!process.waitFor(5, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        return Optional.empty();
      }
      return process.exitValue() == 0
          ? Optional.of(Files.readAllLines(out, StandardCharsets.UTF_8))
          : Optional.empty();
    } catch (IOException _) {
      return Optional.empty();
    } finally {
      Files.deleteIfExists(out);
    }
  }
}
