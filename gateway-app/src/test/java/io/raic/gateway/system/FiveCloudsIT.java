package io.raic.gateway.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.raic.cloud.ObjectKey;
import io.raic.cloud.Precondition;
import io.raic.cloud.contract.StoreUse;
import io.raic.cloud.wire.WireFault;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The main job: one gateway over five different providers, two of which fail in some way. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FiveCloudsIT {
  /** Shares of more than one part, for every provider. */
  private static final byte[] FILE = StoreUse.bytes(1, 36_000_000);

  /** What no request takes, however busy the machine is. */
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final HttpClient http = HttpClient.newHttpClient();
  private FiveClouds clouds;
  private GatewayProcess gateway;
  private String cap;

  /** How a provider fails. */
  enum Failure {
    STOPPED,
    HUNG,
    HUNG_IN_THE_MIDDLE,
    ANSWERS_503,
    CUT_SHORT,
    GARBAGE;

    WireFault fault() {
      return switch (this) {
        case STOPPED -> new WireFault.ResetRequest(0);
        case HUNG -> new WireFault.Stall(0);
        case HUNG_IN_THE_MIDDLE -> new WireFault.Stall(50_000);
        case ANSWERS_503 -> WireFault.Answer.status(503, "1", Integer.MAX_VALUE);
        case CUT_SHORT -> new WireFault.Truncate(100_000);
        case GARBAGE -> new WireFault.Answer("garbage\r\n\r\n", Integer.MAX_VALUE);
      };
    }
  }

  @BeforeAll
  void store() throws Exception {
    clouds = new FiveClouds();
    gateway = clouds.startGateway();
    var answer = put(FILE);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    cap = answer.body();
    // A machine that is busy may have given up a provider.
    check(cap, "repair=true");
    awaitAllFive(cap);
  }

  @AfterAll
  void stop() {
    gateway.close();
    clouds.close();
  }

  @AfterEach
  void recover() throws Exception {
    clouds.clear();
    awaitAllFive(cap);
  }

  private HttpResponse<String> put(byte[] file) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(gateway.url("/uri?random-key=true"))
            .timeout(LIMIT)
            .PUT(BodyPublishers.ofByteArray(file))
            .build();
    return http.send(request, BodyHandlers.ofString());
  }

  private byte[] get(String file) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(gateway.url("/uri/" + file)).timeout(LIMIT).build();
    var answer = http.send(request, BodyHandlers.ofByteArray());
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }

  private String check(String file, String query) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(gateway.url("/uri/%s?t=check&%s".formatted(file, query)))
            .timeout(LIMIT)
            .POST(BodyPublishers.noBody())
            .build();
    return http.send(request, BodyHandlers.ofString()).body();
  }

  /** Circuits close by themselves once what they are for is over. */
  private void awaitAllFive(String file) throws IOException, InterruptedException {
    long end = System.nanoTime() + LIMIT.toNanos();
    String said = check(file, "");
    while (!said.startsWith("Healthy")) {
      assertThat(System.nanoTime()).as(said).isLessThan(end);
      LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
      said = check(file, "");
    }
  }

  private void assertReadsRight() throws IOException, InterruptedException {
    assertThat(get(cap)).isEqualTo(FILE);
    int start = 20_000_000;
    var request =
        HttpRequest.newBuilder(gateway.url("/uri/" + cap))
            .timeout(LIMIT)
            .header("Range", "bytes=%d-%d".formatted(start, start + 999))
            .build();
    var answer = http.send(request, BodyHandlers.ofByteArray());
    assertThat(answer.statusCode()).isEqualTo(206);
    assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(FILE, start, start + 1000));
  }

  @Test
  void everyProviderHasOneShareAndCannotReadIt() throws Exception {
    for (var cloud : clouds.all()) {
      var sharesOfAFile =
          cloud.keys().stream()
              .collect(Collectors.groupingBy(key -> key.substring(0, key.lastIndexOf('/'))));
      assertThat(sharesOfAFile.values()).as(cloud.id()).isNotEmpty().allMatch(s -> s.size() == 1);
    }
    assertReadsRight();
  }

  static Stream<Arguments> pairs() {
    var failures = List.of(Failure.values());
    var pairs = new ArrayList<Arguments>();
    for (int i = 0; i < failures.size(); i++) {
      for (int first = 0; first < 5; first++) {
        // Each failure with neighbours, and another one with those two apart.
        var other = failures.get((i + 1 + first) % failures.size());
        pairs.add(Arguments.of(first, failures.get(i), first + 1, failures.get(i)));
        pairs.add(Arguments.of(first, failures.get(i), first + 2, other));
      }
    }
    return pairs.stream();
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void twoProvidersThatFailAreReadAround(int first, Failure one, int second, Failure other)
      throws Exception {
    clouds.get(first).wire().set(one.fault());
    clouds.get(second).wire().set(other.fault());
    assertReadsRight();
    // Again, with what is known by now.
    assertReadsRight();
  }

  @Test
  void twoProvidersThatChangeWhatTheyHaveAreFoundOutAndMended() throws Exception {
    for (var lying : List.of(clouds.get(1), clouds.get(3))) {
      for (var name : lying.keys()) {
        var key = ObjectKey.of(name);
        byte[] share = StoreUse.read(lying.direct(), key).orElseThrow();
        for (int i = 1000; i < share.length; i += 100_000) {
          share[i] ^= 1;
        }
        StoreUse.put(lying.direct(), key, share, Precondition.none());
      }
    }
    assertReadsRight();
    assertThat(check(cap, "verify=true")).doesNotStartWith("Healthy");
    assertThat(check(cap, "verify=true&repair=true")).contains("repaired: ");
    assertThat(check(cap, "verify=true")).startsWith("Healthy");
    assertReadsRight();
  }

  @Test
  void aFileIsStoredWhileAProviderHangsAndCompletedLater() throws Exception {
    for (int hanging = 0; hanging < 5; hanging++) {
      clouds.get(hanging).wire().set(new WireFault.Stall(0));
      byte[] file = StoreUse.bytes(hanging, 5_000_000);
      var answer = put(file);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(answer.headers().firstValue("X-Raic-Redundancy").orElseThrow()).matches("[45]/5");
      assertThat(get(answer.body())).isEqualTo(file);
      clouds.clear();
      awaitAllFive(cap);
      // What the provider took without saying so is there, too.
      check(answer.body(), "repair=true");
      awaitAllFive(answer.body());
    }
  }

  @Test
  void aFileThatWouldNotBeSafeIsNotAcknowledged() throws Exception {
    clouds.get(0).wire().set(new WireFault.ResetRequest(0));
    clouds.get(2).wire().set(new WireFault.Stall(0));
    assertThat(put(StoreUse.bytes(9, 5_000_000)).statusCode()).isEqualTo(503);
  }
}
