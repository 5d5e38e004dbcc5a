package io.raic.gateway.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.raic.gateway.http.Scratch;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the gateway takes from its environment, and does not print. */
class EnvironmentIT {
  private final HttpClient http = HttpClient.newHttpClient();

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private HttpResponse<String> send(GatewayProcess gateway, String method, String path, String body)
      throws Exception {
    var request =
        HttpRequest.newBuilder(gateway.url(path))
            .method(method, BodyPublishers.ofString(body))
            .build();
    return http.send(request, BodyHandlers.ofString());
  }

  private static long shares(Path store) throws IOException {
    try (var files = Files.walk(store)) {
      return files
          .filter(file -> file.toString().contains("/shares/"))
          .filter(Files::isRegularFile)
          .count();
    }
  }

  @Test
  void everySettingHasAVariable() throws Exception {
    Path data = Scratch.directory("environment");
    int port = freePort();
    var start =
        new GatewayProcess.Start()
            .environment("RAIC_PORT", port)
            .environment("RAIC_MANAGEMENT_PORT", 0)
            .environment("RAIC_DATA", data)
            .environment("RAIC_NEEDED", 3)
            .environment("RAIC_TOTAL", 6)
            .environment("RAIC_HAPPY", 4)
            .environment("RAIC_SEGMENTSIZE", "64KB")
            .environment("RAIC_WAITS_STALL", "10s")
            .environment("RAIC_TRANSFERS_SPOOLMEMORY", "1MB");
    for (int i = 0; i < 6; i++) {
      start
          .environment("RAIC_PROVIDERS_" + i + "_ID", "disk-" + i)
          .environment("RAIC_PROVIDERS_" + i + "_OPERATOR", "house-" + i / 2)
          .environment("RAIC_PROVIDERS_" + i + "_PATH", data.resolve("disk-" + i));
    }
    try (var gateway = start.now()) {
      assertThat(gateway.port()).isEqualTo(port);
      for (int seed = 0; seed < 10; seed++) {
        String content = "%d ".formatted(seed).repeat(100_000);
        String cap = send(gateway, "PUT", "/uri", content).body();
        assertThat(cap).endsWith(":3:6:200000");
        assertThat(send(gateway, "GET", "/uri/" + cap, "").body()).isEqualTo(content);
      }
      for (int i = 0; i < 6; i++) {
        assertThat(shares(data.resolve("disk-" + i))).isEqualTo(10);
      }
      assertThat(gateway.output())
          .contains("any 3 of 6 shares", "no operator gets more than 2")
          .contains("disk-1: local, %s, operator house-0".formatted(data.resolve("disk-1")))
          .doesNotContain("one disk");
    }
    Scratch.remove(data);
  }

  @Test
  void noSecretIsPrintedHoweverLoudTheEnvironmentMakesIt() throws Exception {
    Path data = Scratch.directory("loud");
    var secrets = new ArrayList<String>();
    try (var gateway =
        new GatewayProcess.Start()
            .data(data)
            .environment("LOGGING_LEVEL_ROOT", "trace")
            .environment("LOGGING_LEVEL_IO_RAIC", "trace")
            .environment("DEBUG", "true")
            .environment("TRACE", "true")
            .now()) {
      for (String query : List.of("", "?random-key=true")) {
        String cap = send(gateway, "PUT", "/uri" + query, "secret".repeat(10_000)).body();
        secrets.addAll(List.of(cap.split(":", -1)).subList(2, 4));
        for (String path : List.of("/uri/%s", "/uri/%s0", "/uri/%s?t=json", "/%s", "/uri?uri=%s")) {
          send(gateway, "GET", path.formatted(cap), "");
          send(gateway, "POST", path.formatted(cap), "t=check&uri=" + cap);
          send(gateway, "DELETE", path.formatted(cap), "");
        }
        send(gateway, "POST", "/uri/" + cap + "?t=check&verify=true&repair=true", "");
      }
      secrets.add(Files.readString(data.resolve("private").resolve("convergence")).strip());
      gateway.askToStop();
      gateway.awaitEnd();
      assertThat(gateway.output()).contains("stored URI:CHK:", "TRACE", "DEBUG");
      for (String secret : secrets) {
        assertThat(secret).hasSizeGreaterThan(20);
        assertThat(gateway.output().contains(secret)).describedAs("a secret is printed").isFalse();
      }
    }
    Scratch.remove(data);
  }
}
