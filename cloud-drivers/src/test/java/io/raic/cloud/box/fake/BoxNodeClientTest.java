package io.raic.cloud.box.fake;

import static org.assertj.core.api.Assertions.assertThat;

import io.raic.cloud.testbed.Presence;
import io.raic.cloud.testbed.ServerAbsent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * The fake is one for the vendor's own clients of another language as well: the hand-written one
 * and the generated one of npm's box-node-sdk. Without npm, or without a way to get the package,
 * this is skipped; with CI=true it fails.
 */
class BoxNodeClientTest {
  private static final String PACKAGE = "box-node-sdk";

  /** The last one that has the hand-written client as well. */
  private static final String VERSION = "4.15.0";

  private static final long MOST_SECONDS = 240;

  @Test
  void theVendorsNodeClientFindsInItWhatItFindsInBox() throws Exception {
    var home = installed();
    var script =
        Path.of(
            Objects.requireNonNull(BoxNodeClientTest.class.getResource("box-client.cjs")).toURI());
    try (var box = FakeBox.start()) {
      box.takeTokensAtDownloads();
      var run =
          run(
              home,
              Map.of("NODE_PATH", home.resolve("node_modules").toString()),
              List.of(
                  "node",
                  script.toString(),
                  box.url().toString(),
                  box.newFolder("raic"),
                  FakeAccount.CLIENT_ID,
                  FakeAccount.CLIENT_SECRET,
                  FakeAccount.ENTERPRISE));
      assertThat(run).endsWith("ok\n");
      assertThat(box.openSessions()).isZero();
    }
  }

  /** Returns the directory with the package, which is filled once and kept. */
  private static Path installed() {
    return Presence.require(() -> {
      try {
        return install();
      } catch (IOException e) {
        throw new ServerAbsent("node or npm does not run: " + e.getMessage());
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    });
  }

  private static Path install() throws IOException, InterruptedException {
    var home = Files.createDirectories(cache().resolve("npm-box"));
    run(home, Map.of(), List.of("node", "--version"));
    if (!isThere(home)) {
      Files.writeString(home.resolve("package.json"), "{\"private\":true}");
      var options = List.of("--no-audit", "--no-fund", "--ignore-scripts", "--save-exact");
      var command = new ArrayList<>(List.of("npm", "install"));
      command.addAll(options);
      command.add(PACKAGE + "@" + VERSION);
      run(home, Map.of(), command);
    }
    if (!isThere(home)) {
      throw new ServerAbsent("npm cannot install %s %s".formatted(PACKAGE, VERSION));
    }
    return home;
  }

  private static boolean isThere(Path home) throws IOException {
    var description = home.resolve("node_modules").resolve(PACKAGE).resolve("package.json");
    return Files.exists(description)
        && Files.readString(description).contains("\"version\": \"%s\"".formatted(VERSION));
  }

  private static Path cache() {
    return environment("RAIC_TESTBED")
        .orElseGet(() ->
            environment("XDG_CACHE_HOME")
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"))
                .resolve("raic-testbed"));
  }

  private static Optional<Path> environment(String name) {
    return Optional.ofNullable(System.getenv(name)).filter(v -> !v.isBlank()).map(Path::of);
  }

  /** Returns what a command printed. */
  private static String run(Path directory, Map<String, String> more, List<String> command)
      throws IOException, InterruptedException {
    var out = Files.createTempFile("raic-box", ".out");
    try {
      var builder = new ProcessBuilder(command).directory(directory.toFile());
      builder.redirectErrorStream(true).redirectOutput(out.toFile());
      builder.environment().putAll(more);
      var process = builder.start();
      if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
        process.toHandle().destroyForcibly();
        process.waitFor();
      }
      return Files.readString(out);
    } finally {
      Files.deleteIfExists(out);
    }
  }
}
