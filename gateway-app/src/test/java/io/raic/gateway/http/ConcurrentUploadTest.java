package io.raic.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Several clients at once, of the same content too. */
class ConcurrentUploadTest extends GatewayTest {
  private static final int CLIENTS = 4;

  private final ShareFiles shares = new ShareFiles(data());

  static IntStream seeds() {
    return IntStream.range(0, 8);
  }

  private Callable<Client.Answer> putTogether(CyclicBarrier start, byte[] content) {
    return () -> {
      start.await(Client.DEADLINE.toSeconds(), TimeUnit.SECONDS);
      return client().put("/uri", content);
    };
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void clientsThatStoreTheSameAtOnceGetTheSame(int seed) throws Exception {
    byte[] content = Client.bytes(seed + 100L, 1000 + seed * 400_000);
    var start = new CyclicBarrier(CLIENTS);
    var answers = new ArrayList<Future<Client.Answer>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < CLIENTS; i++) {
        answers.add(threads.submit(putTogether(start, content)));
      }
    }
    String cap = answers.getFirst().get().text();
    for (var answer : answers) {
      assertThat(answer.get().status()).describedAs(answer.get().text()).isEqualTo(200);
      assertThat(answer.get().text()).isEqualTo(cap);
      assertThat(answer.get().header("X-Raic-Redundancy")).isEqualTo("5/5");
    }
    assertThat(client().read(cap)).isEqualTo(content);
    assertThat(shares.of(cap)).hasSize(5);
    assertThat(client().post("/uri/" + cap + "?t=check&verify=true").text()).isEqualTo("Healthy\n");
  }

  @Test
  void anUploadThatFailsTakesNothingFromOneOfTheSameContent() throws Exception {
    byte[] content = Client.bytes(120, 300_000);
    String cap = client().store(content);
    var received =
        Wire.exchange(
            port(), "PUT /uri HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nshort");
    assertThat(received.statusLine()).isEqualTo("HTTP/1.1 400 Bad Request");
    assertThat(client().read(cap)).isEqualTo(content);
  }
}
