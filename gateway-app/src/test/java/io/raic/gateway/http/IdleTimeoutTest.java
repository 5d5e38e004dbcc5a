package io.raic.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.raic.cloud.Operation;
import io.raic.cloud.memory.Fault;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * The gateway's connections time out after a second here; stores take longer than that.
 *
 * <p>Jetty counts a connection as idle however busy its request is, but gives up only one that is
 * waited for: by a read of the body, by a write of the answer, or for the next request. So no
 * setting has to be as long as the longest commit or check.
 */
class IdleTimeoutTest extends FaultyGatewayTest {
  private static final Duration LONG = Duration.ofMillis(1500);

  @Test
  void aStoreThatHangsInACommitDoesNotLoseTheAnswer() {
    FaultyStores.store(2).faults().set(Operation.COMMIT, new Fault.Hang());
    byte[] content = Client.bytes(1, 100_000);
    var answer = client().put("/uri", content);
    assertThat(answer.status()).describedAs(answer.text()).isEqualTo(200);
    assertThat(answer.header("X-Raic-Redundancy")).isEqualTo("4/5");
    assertThat(client().read(answer.text())).isEqualTo(content);
  }

  @Test
  void storesThatAreSlowToCommitDoNotLoseTheAnswer() {
    FaultyStores.setAll(Operation.COMMIT, new Fault.Delay(LONG));
    var answer = client().put("/uri?random-key=true", Client.bytes(2, 100_000));
    assertThat(answer.status()).describedAs(answer.text()).isEqualTo(200);
    assertThat(answer.header("X-Raic-Redundancy")).isEqualTo("5/5");
  }

  @Test
  void anUploadGoesOnAfterStoresWereSlowToTakeIt() {
    FaultyStores.all()
        .forEach(store -> store.faults().next(Operation.WRITE, 1, new Fault.Delay(LONG)));
    byte[] content = Client.bytes(3, 20_000_000);
    var answer = client().put("/uri?random-key=true", content);
    assertThat(answer.status()).describedAs(answer.text()).isEqualTo(200);
    assertThat(client().read(answer.text())).isEqualTo(content);
  }

  @Test
  void aDownloadGoesOnAfterStoresWereSlow() {
    byte[] content = Client.bytes(4, 5_000_000);
    String cap = client().store(content);
    FaultyStores.setAll(Operation.READ, new Fault.After(900_000, new Fault.Delay(LONG)));
    assertThat(client().read(cap)).isEqualTo(content);
  }

  @Test
  void aSlowCheckIsAnswered() {
    String cap = client().store(Client.bytes(5, 100_000));
    FaultyStores.setAll(Operation.LIST, new Fault.Delay(LONG));
    var answer = client().post("/uri/" + cap + "?t=check&verify=true");
    assertThat(answer.status()).describedAs(answer.text()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo("Healthy\n");
  }
}
