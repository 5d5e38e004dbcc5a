package io.raic.cloud.box.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
  private static final String PACKAGE = "box-node-sdk@4.15.0";
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
  private static Path installed() throws IOException, InterruptedException {
    var home = cache().resolve("npm-box");
    var mark = home.resolve("node_modules/box-node-sdk/package.json");
    if (!Files.exists(mark)) {
      Files.createDirectories(home);
      Files.writeString(home.resolve("package.json"), "{\"private\":true}");
      try {
        run(
            home,
            Map.of(),
            List.of("npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", PACKAGE));
      } catch (IOException e) {
        missing("npm does not run: " + e.getMessage());
      }
    }
    if (!Files.exists(mark)) {
      missing("npm could not install " + PACKAGE);
    }
    return home;
  }

  private static void missing(String why) {
    if ("true".equals(System.getenv("CI"))) {
      throw new AssertionError(why);
    }
    assumeTrue(false, why);
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
