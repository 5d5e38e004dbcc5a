package io.raic.gateway.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.raic.gateway.http.Scratch;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files larger than the gateway's memory, up and down. It takes less than three times the file
 * below the build's directory; {@code -Draic.large.gib=5} makes the file 5 GiB.
 */
class LargeFileIT {
  private static final long SIZE = Long.getLong("raic.large.gib", 1) << 30;
  private static final int HEAP_MIB = 256;

  /** What Java takes beside its heap: code, threads, and the buffers of connections. */
  private static final int BESIDE_HEAP_MIB = 256;

  private final HttpClient http = HttpClient.newHttpClient();

  @ParameterizedTest
  @ValueSource(strings = {"/uri?random-key=true", "/uri"})
  void aFilePassesThroughAGatewayWithLittleMemory(String path) throws Exception {
    Path data = Scratch.directory("large");
    var pattern = new Pattern(path.hashCode(), SIZE);
    try (var gateway =
        new GatewayProcess.Start().javaOption("-Xmx" + HEAP_MIB + "m").data(data).now()) {
      var figures = new Figures(path, gateway);
      String cap = put(gateway, path, pattern);
      figures.report("up");
      assertThat(cap).startsWith("URI:CHK:").endsWith(":3:5:" + SIZE);
      get(gateway, cap, pattern);
      figures.report("down");
      long peak = gateway.peakBytes().orElseThrow() >> 20;
      System.out.printf("%s: peak memory of the process %d MiB%n", path, peak);
      assertThat(peak).isBetween(64L, (long) HEAP_MIB + BESIDE_HEAP_MIB);
    } finally {
      Scratch.remove(data);
    }
  }

  private String put(GatewayProcess gateway, String path, Pattern pattern) throws Exception {
    var body = BodyPublishers.ofInputStream(pattern::open);
    var request =
        HttpRequest.newBuilder(gateway.url(path))
            .PUT(BodyPublishers.fromPublisher(body, pattern.size()))
            .build();
    var answer = http.send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).describedAs(answer.body()).isEqualTo(200);
    return answer.body();
  }

  private void get(GatewayProcess gateway, String cap, Pattern pattern) throws Exception {
    var request = HttpRequest.newBuilder(gateway.url("/uri/" + cap)).build();
    var answer = http.send(request, BodyHandlers.ofInputStream());
    assertThat(answer.statusCode()).isEqualTo(200);
    try (InputStream body = answer.body()) {
      assertSame(body, pattern);
    }
  }

  private static void assertSame(InputStream body, Pattern pattern) throws IOException {
    byte[] buffer = new byte[64 << 10];
    long position = 0;
    int got;
    while ((got = body.read(buffer)) >= 0) {
      assertThat(pattern.matches(position, buffer, got)).describedAs("at %d", position).isTrue();
      position += got;
    }
    assertThat(position).isEqualTo(pattern.size());
  }

  /** What it took, since the report before. */
  private static final class Figures {
    private final String path;
    private final GatewayProcess gateway;
    private long start = System.nanoTime();
    private Duration processor;

    Figures(String path, GatewayProcess gateway) {
      this.path = path;
      this.gateway = gateway;
      this.processor = gateway.processorTime();
    }

    void report(String way) {
      double seconds = (System.nanoTime() - start) / 1e9;
      var now = gateway.processorTime();
      System.out.printf(
          "%s: %d bytes %s in %.1f s, %.0f MB/s, %.1f processor seconds%n",
          path, SIZE, way, seconds, SIZE / seconds / 1e6, now.minus(processor).toMillis() / 1e3);
      start = System.nanoTime();
      processor = now;
    }
  }
}
