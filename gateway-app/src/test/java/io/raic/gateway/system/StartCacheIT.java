package io.raic.gateway.system;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.raic.gateway.http.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The launcher starts gateways from a cache of their classes: Java says nothing if it does not take
 * one, it only starts slowly.
 */
class StartCacheIT {
  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
  private static final List<String> SOURCES =
      List.of("crypto-core", "cloud-drivers", "gateway-app");

  /** A base32 text as long as a secret or a key, which no name in a class is. */
  private static final Pattern SECRET = Pattern.compile("(?<![a-z2-7])[a-z2-7]{52}(?![a-z2-7])");

  private static final Pattern CAP = Pattern.compile("URI:CHK(-Verifier)?:[a-z2-7]{26}");

  /** The launcher must get along with blanks. */
  private static final Path BASE = Scratch.directory("start cache");

  /** Longer than the launcher gives the training at most. */
  private static final Duration DEADLINE = Duration.ofMinutes(4);

  private static String firstOutput = "";

  /** Makes a project whose build is a copy of what was built here, and runs it the first time. */
  @BeforeAll
  static void buildOnce() throws Exception {
    copyLauncher(BASE);
    firstOutput = raic(BASE, Map.of(), "--version");
  }

  @AfterAll
  static void remove() throws IOException {
    Scratch.remove(BASE);
  }

  private static void copyLauncher(Path base) throws IOException {
    for (String file : List.of("raic", ".mvn/find-jdk.sh", ".mvn/start-cache.sh")) {
      Path copy = base.resolve(file);
      Files.createDirectories(requireNonNull(copy.getParent()));
      Files.copy(PROJECT.resolve(file), copy, StandardCopyOption.COPY_ATTRIBUTES);
    }
    Files.createFile(base.resolve("pom.xml"));
    for (String module : SOURCES) {
      Files.createDirectories(base.resolve(module).resolve("src/main"));
      Files.createFile(base.resolve(module).resolve("pom.xml"));
    }
    Files.createDirectories(base.resolve("gateway-app/target"));
    script(
        base.resolve("mvnw"),
        "cp '%s' gateway-app/target/gateway-app-0-boot.jar".formatted(bootJar()));
  }

  private static String bootJar() {
    return requireNonNull(System.getProperty("raic.boot.jar"));
  }

  private static void script(Path file, String text) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + text + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private static Path run(Path base) {
    return base.resolve("gateway-app/target/raic");
  }

  /** Runs the launcher to its end and returns all that it printed. */
  private static String raic(Path base, Map<String, String> environment, String... arguments)
      throws Exception {
    Path output = Files.createTempFile(BASE, "output", "");
    var command = new ArrayList<>(List.of(base.resolve("raic").toString()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(output.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("RAIC_"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    var process = builder.start();
    try {
      assertThat(process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return Files.readString(output);
  }

  /** Lets {@code raic serve} end at once, for its port, and returns where its classes came from. */
  private static List<String> classesOfServe(String javaOptions) throws Exception {
    Path log = Files.createTempFile(Path.of("target"), "classes", ".log");
    try {
      String output =
          raic(
              BASE,
              Map.of("RAIC_JAVA_OPTS", "-Xlog:class+load:file=%s %s".formatted(log, javaOptions)),
              "serve",
              "--port",
              "65536");
      assertThat(output.lines().filter(line -> !line.contains("incubator")))
          .hasSize(1)
          .first(STRING)
          .startsWith("raic: --port");
      return Files.readAllLines(log).stream().filter(line -> line.contains(" io.raic.")).toList();
    } finally {
      Files.delete(log);
    }
  }

  @Test
  void aBuildPreparesForFasterStarts() {
    assertThat(firstOutput.lines())
        .hasSize(3)
        .contains("raic: preparing for faster starts")
        .last(STRING)
        .startsWith("raic ");
    assertThat(run(BASE)).isDirectoryNotContaining("glob:**/training.*");
    assertThat(run(BASE).resolve("start.aot")).isRegularFile();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-Xms64m -Xmx2g -Dsome=thing"})
  void aGatewayStartsFromTheCache(String javaOptions) throws Exception {
    assertThat(classesOfServe(javaOptions))
        .anySatisfy(line -> assertThat(line).endsWith(".Serve source: shared objects file"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-XX:+UseZGC", "-Xmx32g"})
  void optionsThatTheCacheDoesNotFitStartWithoutIt(String javaOptions) throws Exception {
    assertThat(classesOfServe(javaOptions))
        .isNotEmpty()
        .noneSatisfy(line -> assertThat(line).endsWith("source: shared objects file"));
  }

  @Test
  void theCacheHasNoSecretOfTheGatewayThatWasTrained() throws IOException {
    String cache = Files.readString(run(BASE).resolve("start.aot"), ISO_8859_1);
    assertThat(cache).contains("io/raic/gateway/file/ConvergenceSecret");
    assertThat(CAP.matcher(cache).results().map(MatchResult::group)).isEmpty();
    assertThat(SECRET.matcher(cache).results().map(MatchResult::group)).isEmpty();
  }

  @Test
  void aFailedPreparationIsSaidInOneLineAndNotTriedAgain() throws Exception {
    Path base = Scratch.directory("no cache");
    copyLauncher(base);
    Files.createDirectories(run(base));
    Files.copy(run(BASE).resolve("raic.jar"), run(base).resolve("raic.jar"));
    Files.createSymbolicLink(run(base).resolve("lib"), run(BASE).resolve("lib"));
    Files.createFile(run(base).resolve("built"));
    Path home = base.resolve("jdk");
    Files.createDirectories(home.resolve("bin"));
    Files.copy(Path.of(System.getProperty("java.home"), "release"), home.resolve("release"));
    script(home.resolve("bin/javac"), "exit 1");
    script(
        home.resolve("bin/java"),
        "case \"$*\" in *AOT*) echo no; exit 1;; esac\nexec '%s' \"$@\""
            .formatted(GatewayProcess.java()));
    var environment = Map.of("JAVA_HOME", home.toString());
    assertThat(raic(base, environment, "--version").lines())
        .hasSize(3)
        .element(1, STRING)
        .isEqualTo("raic: that did not work: the gateway will take a few seconds longer to start");
    assertThat(raic(base, environment, "serve", "--port", "65536"))
        .doesNotContain("preparing", "did not work");
    Scratch.remove(base);
  }
}
