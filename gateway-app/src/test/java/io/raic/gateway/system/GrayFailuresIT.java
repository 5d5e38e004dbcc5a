package io.raic.gateway.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.raic.cloud.contract.StoreUse;
import io.raic.cloud.wire.FaultProxy;
import io.raic.cloud.wire.WireFault;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Providers that fail and say nothing, on real sockets, some of them with TLS: whoever reads gets
 * the right bytes and whoever writes is answered, and nobody waits as long as one step may take.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GrayFailuresIT {
  private static final byte[] FILE = StoreUse.bytes(1, 5_000_000);

  /** What the way back to five sound providers does not take, however busy the machine is. */
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final HttpClient http = HttpClient.newHttpClient();
  private FiveBuckets buckets;
  private GatewayProcess gateway;
  private String cap;

  /** How a provider fails. */
  enum Failure {
    NEVER_ANSWERS,
    NEVER_READS,
    GONE_IN_AN_UPLOAD,
    GONE_IN_AN_ANSWER,
    CONNECTIONS_DIED,
    A_BYTE_A_SECOND,
    A_BYTE_A_SECOND_IN_THE_BODY,
    RESET_IN_AN_UPLOAD,
    RESET_IN_AN_ANSWER;

    void happenTo(FaultProxy wire) {
      switch (this) {
        case NEVER_ANSWERS -> wire.set(new WireFault.Stall(0));
        case NEVER_READS -> wire.set(new WireFault.VanishInRequest(0));
        case GONE_IN_AN_UPLOAD -> wire.set(new WireFault.VanishInRequest(100_000));
        case GONE_IN_AN_ANSWER -> wire.set(new WireFault.VanishInAnswer(50_000));
        case CONNECTIONS_DIED -> wire.vanish();
        case A_BYTE_A_SECOND -> wire.set(new WireFault.Trickle(0, Duration.ofSeconds(1)));
        case A_BYTE_A_SECOND_IN_THE_BODY ->
            wire.set(new WireFault.Trickle(50_000, Duration.ofSeconds(1)));
        case RESET_IN_AN_UPLOAD -> wire.set(new WireFault.ResetRequest(100_000));
        case RESET_IN_AN_ANSWER -> wire.set(new WireFault.ResetAnswer(50_000));
      }
    }
  }

  @BeforeAll
  void store() throws Exception {
    buckets = new FiveBuckets();
    gateway = buckets.startGateway();
    long end = System.nanoTime() + LIMIT.toNanos();
    var answer = put(FILE);
    // A machine that is busy may give up a provider, or all, while the gateway warms up.
    while (answer.statusCode() == 503 && System.nanoTime() < end) {
      answer = put(FILE);
    }
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    cap = answer.body();
    check("repair=true");
    awaitAllFive();
  }

  @AfterAll
  void stop() {
    gateway.close();
    buckets.close();
  }

  @AfterEach
  void recover() throws Exception {
    buckets.clear();
    awaitAllFive();
  }

  private <T> HttpResponse<T> send(HttpRequest.Builder request, BodyHandler<T> handler)
      throws IOException, InterruptedException {
    return http.send(request.timeout(LIMIT).build(), handler);
  }

  private HttpResponse<String> put(byte[] file) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(gateway.url("/uri?random-key=true"));
    return send(request.PUT(BodyPublishers.ofByteArray(file)), BodyHandlers.ofString());
  }

  private String check(String query) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(gateway.url("/uri/%s?t=check&%s".formatted(cap, query)));
    return send(request.POST(BodyPublishers.noBody()), BodyHandlers.ofString()).body();
  }

  /** Circuits close by themselves once what they are for is over. */
  private void awaitAllFive() throws IOException, InterruptedException {
    long end = System.nanoTime() + LIMIT.toNanos();
    String said = check("");
    while (!said.startsWith("Healthy")) {
      assertThat(System.nanoTime()).as(said).isLessThan(end);
      LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
      said = check("");
    }
  }

  private void assertReadsRight() throws IOException, InterruptedException {
    long start = System.nanoTime();
    var all = HttpRequest.newBuilder(gateway.url("/uri/" + cap));
    assertThat(send(all, BodyHandlers.ofByteArray()).body()).isEqualTo(FILE);
    assertInTime("GET", start);
    start = System.nanoTime();
    var range = HttpRequest.newBuilder(gateway.url("/uri/" + cap));
    range.header("Range", "bytes=3000000-3000999");
    assertThat(send(range, BodyHandlers.ofByteArray()).body())
        .isEqualTo(Arrays.copyOfRange(FILE, 3_000_000, 3_001_000));
    assertInTime("GET of a range", start);
  }

  private void assertWrites(int seed) throws IOException, InterruptedException {
    long start = System.nanoTime();
    var answer = put(StoreUse.bytes(seed, FILE.length));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().firstValue("X-Raic-Redundancy").orElseThrow()).matches("[45]/5");
    assertInTime("PUT", start);
    var stored = HttpRequest.newBuilder(gateway.url("/uri/" + answer.body()));
    assertThat(send(stored, BodyHandlers.ofByteArray()).body())
        .isEqualTo(StoreUse.bytes(seed, FILE.length));
  }

  private static void assertInTime(String what, long start) {
    assertThat(Duration.ofNanos(System.nanoTime() - start)).as(what).isLessThan(FiveBuckets.STEP);
  }

  static Stream<Arguments> failures() {
    var failures = List.of(Failure.values());
    return IntStream.range(0, failures.size()).mapToObj(i -> Arguments.of(i, failures.get(i)));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aProviderThatFailsInSilenceIsReadAndWrittenAroundAndASecondOneReadAround(
      int first, Failure failure) throws Exception {
    failure.happenTo(buckets.get(first).wire());
    assertReadsRight();
    assertWrites(first);
    // Again, with what is known by now.
    assertReadsRight();
    failure.happenTo(buckets.get(first + 1).wire());
    assertReadsRight();
    assertReadsRight();
  }
}
