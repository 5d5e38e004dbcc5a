package io.raic.gateway.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.raic.gateway.http.Scratch;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** The same as {@link KillIT} for the whole gateway, with clients that upload at once. */
class GatewayKillIT {
  private static final int ROUNDS = 3;
  private static final int CLIENTS = 4;
  private static final int ACKNOWLEDGED_FIRST = 12;
  private static final int MAX_BYTES = 3 << 20;
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Queue<UploadLoop.Stored> stored = new ConcurrentLinkedQueue<>();

  @Test
  void everyAcknowledgedFileIsThereAfterTheGatewayWasKilled() throws Exception {
    Path data = Scratch.directory("killed-gateway");
    for (int round = 0; round < ROUNDS; round++) {
      try (var gateway = new GatewayProcess.Start().javaOption("-Xmx256m").data(data).now()) {
        assertEverythingIsThere(gateway, data);
        storeUntilKilled(gateway, new Random(round));
      }
    }
    try (var gateway = new GatewayProcess.Start().data(data).now()) {
      assertEverythingIsThere(gateway, data);
    }
    System.out.printf(
        "kill -9 of the gateway in %d rounds: %d files acknowledged%n", ROUNDS, stored.size());
    Scratch.remove(data);
  }

  private void storeUntilKilled(GatewayProcess gateway, Random random) throws Exception {
    var enough = new CountDownLatch(ACKNOWLEDGED_FIRST);
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < CLIENTS; i++) {
        long seed = random.nextLong();
        clients.execute(() -> store(gateway, new Random(seed), enough));
      }
      assertThat(enough.await(120, TimeUnit.SECONDS)).isTrue();
      LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextInt(300_000)));
      gateway.kill();
    }
  }

  /** Stores files until the gateway is gone. */
  private void store(GatewayProcess gateway, Random random, CountDownLatch enough) {
    try {
      while (gateway.isAlive()) {
        long seed = random.nextLong();
        int size = random.nextInt(MAX_BYTES);
        String query = random.nextBoolean() ? "?random-key=true" : "";
        var request =
            HttpRequest.newBuilder(gateway.url("/uri" + query))
                .PUT(BodyPublishers.ofByteArray(Engine.content(seed, size)))
                .build();
        var answer = HTTP.send(request, BodyHandlers.ofString());
        if (answer.statusCode() == 200) {
          stored.add(new UploadLoop.Stored(seed, size, answer.body()));
          enough.countDown();
        }
      }
    } catch (IOException _) {
      // It was killed.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void assertEverythingIsThere(GatewayProcess gateway, Path data) throws Exception {
    assertThat(data.resolve("tmp")).isEmptyDirectory();
    assertThat(Files.exists(data.resolve("private").resolve("convergence"))).isTrue();
    for (var file : stored) {
      var get = HttpRequest.newBuilder(gateway.url("/uri/" + file.cap())).build();
      var content = HTTP.send(get, BodyHandlers.ofByteArray());
      assertThat(content.statusCode()).isEqualTo(200);
      assertThat(content.body()).isEqualTo(Engine.content(file.seed(), file.size()));
      var check =
          HttpRequest.newBuilder(gateway.url("/uri/" + file.cap() + "?t=check&verify=true"))
              .timeout(Duration.ofSeconds(60))
              .POST(BodyPublishers.noBody())
              .build();
      assertThat(HTTP.send(check, BodyHandlers.ofString()).body()).startsWith("Healthy");
    }
    // A store that was asked for something has cleared away what others have left.
    for (int store = 1; store <= 5; store++) {
      Path temporary = data.resolve("store-" + store).resolve(".tmp");
      assertThat(temporary.toFile().list()).isNullOrEmpty();
    }
  }
}
