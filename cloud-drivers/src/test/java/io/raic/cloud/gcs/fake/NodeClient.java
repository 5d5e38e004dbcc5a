package io.raic.cloud.gcs.fake;

import io.raic.cloud.testbed.Presence;
import io.raic.cloud.testbed.ServerAbsent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Google's client for Node.js, installed once into the cache of the tests. */
final class NodeClient {
  private static final String PACKAGE = "@google-cloud/storage@7.22.0";

  private static final List<String> INSTALL =
      List.of(
          "npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--save-exact", PACKAGE);

  private NodeClient() {}

  /** Returns where the client is; it is absent where node or npm is. */
  static Path installed() {
    return Presence.require(NodeClient::install);
  }

  private static Path install() {
    try {
      var directory = Files.createDirectories(cache().resolve("npm-gcs"));
      if (run(List.of("node", "--version"), directory).isEmpty()) {
        throw new ServerAbsent("node is not installed");
      }
      if (!Files.exists(directory.resolve("node_modules/@google-cloud/storage/package.json"))) {
        Files.writeString(directory.resolve("package.json"), "{\"private\": true}\n");
        if (run(INSTALL, directory).isEmpty()) {
          throw new ServerAbsent("npm cannot install " + PACKAGE);
        }
      }
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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

  /** Runs the script of facts and returns what it prints. */
  static List<String> facts(Path modules, GcsFake fake) throws IOException {
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
      throws IOException {
    Path out = Files.createTempFile("gcs-client", ".out");
    try {
      var process =
          new ProcessBuilder(new ArrayList<>(command))
              .directory(directory.toFile())
              .redirectOutput(out.toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      if (!process.onExit().completeOnTimeout(process, 5, TimeUnit.MINUTES).join().isAlive()) {
        return result(process, out);
      }
      process.destroyForcibly();
      return Optional.empty();
    } catch (IOException _) {
      return Optional.empty();
    } finally {
      Files.deleteIfExists(out);
    }
  }

  private static Optional<List<String>> result(Process process, Path out) throws IOException {
    return process.exitValue() == 0
        ? Optional.of(Files.readAllLines(out, StandardCharsets.UTF_8))
        : Optional.empty();
  }
}
