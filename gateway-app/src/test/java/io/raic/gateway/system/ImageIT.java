package io.raic.gateway.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.raic.gateway.http.Scratch;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The packaged gateway needs no more of Java than the image has. */
class ImageIT {
  private static final Path SCRATCH = Scratch.directory("image");
  private static final Path DOCKERFILE = Path.of("../Dockerfile");
  private static final Pattern MODULES = Pattern.compile("ARG JAVA_MODULES=\"([^\"]+)\"");

  @AfterAll
  static void remove() throws IOException {
    Scratch.remove(SCRATCH);
  }

  private static String modules() throws IOException {
    var modules = MODULES.matcher(Files.readString(DOCKERFILE));
    assertThat(modules.find()).isTrue();
    return modules.group(1).replace("\\\n", "");
  }

  /** Makes a Java of {@code modules} and returns where it is. */
  private static Path link(String modules) throws Exception {
    Path java = SCRATCH.resolve("java");
    var jlink =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jlink").toString(),
                "--add-modules",
                modules,
                "--output",
                java.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(jlink.getInputStream().readAllBytes(), UTF_8);
    assertThat(jlink.waitFor()).describedAs(output).isZero();
    return java;
  }

  @Test
  void aGatewayStoresAndReadsWithTheModulesOfTheImageAlone() throws Exception {
    byte[] content = Engine.content(1, 3 << 20);
    Path java = link(modules()).resolve("bin/java");
    var start = new GatewayProcess.Start().java(java).data(SCRATCH.resolve("data"));
    try (var gateway = start.now();
        var http = HttpClient.newHttpClient()) {
      var put =
          HttpRequest.newBuilder(gateway.url("/uri")).PUT(BodyPublishers.ofByteArray(content));
      String cap = http.send(put.build(), BodyHandlers.ofString()).body();
      var get = HttpRequest.newBuilder(gateway.url("/uri/" + cap)).build();
      assertThat(http.send(get, BodyHandlers.ofByteArray()).body()).isEqualTo(content);
      assertThat(gateway.output())
          .doesNotContain("NoClassDefFoundError", "ClassNotFoundException", "module not found");
    }
  }
}
