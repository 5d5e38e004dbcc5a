package io.raic.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.raic.cloud.Operation;
import io.raic.cloud.memory.Fault;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client hears when stores fail. */
class StoreFaultsTest extends FaultyGatewayTest {
  private static final byte[] CONTENT = Client.bytes(90, 3_000_000);

  private static void fail(int store, Operation operation, Fault fault) {
    FaultyStores.store(store).faults().set(operation, fault);
  }

  private static void down(int store) {
    FaultyStores.store(store).faults().setAll(Fault.unavailable());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/uri", "/uri?random-key=true"})
  void oneStoreThatIsDownIsDoneWithout(String path) {
    down(3);
    var answer = client().put(path, CONTENT);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("X-Raic-Redundancy")).isEqualTo("5/5");
    assertThat(client().read(answer.text())).isEqualTo(CONTENT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/uri", "/uri?random-key=true"})
  void twoStoresThatAreDownRefuseAnUploadAndAreNamed(String path) {
    down(2);
    down(5);
    var answer = client().put(path, CONTENT);
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.header("Retry-After")).isEqualTo("10");
    assertThat(answer.text())
        .containsPattern("cloud-2: \\w+: made to fail")
        .containsPattern("cloud-5: \\w+: made to fail")
        .contains("at least 4")
        .hasLineCount(1);
    FaultyStores.assertNothingStored();
  }

  @ParameterizedTest
  @CsvSource({
    "BEGIN, /uri",
    "BEGIN, /uri?random-key=true",
    "WRITE, /uri",
    "WRITE, /uri?random-key=true",
    "COMMIT, /uri?random-key=true"
  })
  void storesThatFailOnTheWayLeaveNothingInTheOthers(Operation operation, String path) {
    fail(1, operation, Fault.unavailable());
    fail(4, operation, Fault.unavailable());
    var answer = client().put(path, CONTENT);
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.text())
        .containsPattern("cloud-1: \\w+: made to fail")
        .containsPattern("cloud-4: \\w+: made to fail");
    FaultyStores.assertNothingStored();
  }

  @Test
  void anUploadThatFailedInTheCommitCanBeDoneAgain() {
    fail(1, Operation.COMMIT, Fault.unavailable());
    fail(4, Operation.COMMIT, Fault.unavailable());
    assertThat(client().put("/uri", CONTENT).status()).isEqualTo(503);
    FaultyStores.all().forEach(store -> store.faults().clear());
    var again = client().put("/uri", CONTENT);
    assertThat(again.header("X-Raic-Redundancy")).isEqualTo("5/5");
    assertThat(client().read(again.text())).isEqualTo(CONTENT);
  }

  @Test
  void aCommitWhoseAnswerWasLostIsTakenBackToo() {
    fail(1, Operation.COMMIT, new Fault.LostAck());
    fail(4, Operation.COMMIT, new Fault.LostAck());
    var answer = client().put("/uri?random-key=true", CONTENT);
    assertThat(answer.status()).isEqualTo(503);
    FaultyStores.assertNothingStored();
  }

  @ParameterizedTest
  @EnumSource(names = {"BEGIN", "WRITE", "COMMIT"})
  void fullStoresAreTold(Operation operation) {
    FaultyStores.setAll(operation, Fault.outOfSpace());
    var answer = client().put("/uri", CONTENT);
    assertThat(answer.status()).isEqualTo(507);
    assertThat(answer.text()).containsPattern("cloud-\\d: \\w+: made to be full").hasLineCount(1);
    FaultyStores.assertNothingStored();
  }

  @Test
  void aStoreThatIsFullIsNoReasonIfAnotherIsDown() {
    fail(1, Operation.BEGIN, Fault.outOfSpace());
    fail(2, Operation.BEGIN, Fault.unavailable());
    assertThat(client().put("/uri", CONTENT).status()).isEqualTo(503);
  }

  @ParameterizedTest
  @ValueSource(strings = {"access", "throttle"})
  void whyStoresRefuseIsSaid(String kind) {
    var fault =
        kind.equals("access") ? Fault.accessDenied() : Fault.throttled(Duration.ofSeconds(3));
    FaultyStores.setAll(Operation.BEGIN, fault);
    var answer = client().put("/uri", CONTENT);
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.text()).contains("made to ");
  }

  @Test
  void aFileThatThreeStoresDoNotGiveMayComeBack() {
    String cap = client().store(CONTENT);
    for (int store : new int[] {1, 2, 3}) {
      down(store);
    }
    var answer = client().get("/uri/" + cap);
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.header("Retry-After")).isEqualTo("10");
    assertThat(answer.text())
        .startsWith("2 good shares found, 3 are needed: ")
        .contains("cloud-1: list: made to fail", "cloud-4: share ", "cloud-5: share ");
    FaultyStores.all().forEach(store -> store.faults().clear());
    assertThat(client().read(cap)).isEqualTo(CONTENT);
  }

  @ParameterizedTest
  @EnumSource(names = {"GET", "READ"})
  void twoStoresThatLieAreNotBelieved(Operation operation) {
    String cap = client().store(CONTENT);
    fail(2, operation, Fault.garbled());
    fail(3, operation, Fault.truncated(10_000));
    assertThat(client().read(cap)).isEqualTo(CONTENT);
  }

  @Test
  void aCheckTellsWhichStoresDoNotAnswer() {
    String cap = client().store(CONTENT);
    down(2);
    var answer = client().post("/uri/" + cap + "?t=check&output=JSON");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text())
        .contains(
            "\"problems\" : [ \"cloud-2: list: made to fail\" ]", "\"count-shares-good\" : 4");
  }

  @Test
  void aRepairThatStoresRefuseIsNoSuccess() {
    String cap = client().store(CONTENT);
    FaultyStores.store(1).objects().clear();
    FaultyStores.setAll(Operation.BEGIN, Fault.unavailable());
    var answer = client().post("/uri/" + cap + "?t=check&repair=true&output=JSON");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text())
        .contains("\"repair-attempted\" : true", "\"repair-successful\" : false")
        .contains("\"repair-failures\" : [ ", "cloud-1: begin: made to fail");
  }

  @Test
  void aClientThatWasToldToGoOnHearsThatStoresFailed() throws IOException {
    fail(1, Operation.WRITE, new Fault.After(100_000, Fault.unavailable()));
    fail(2, Operation.WRITE, new Fault.After(100_000, Fault.unavailable()));
    try (var wire = Wire.to(port())) {
      wire.send(
          Wire.head(
              "PUT /uri?random-key=true HTTP/1.1",
              "Connection: close",
              "Expect: 100-continue",
              "Content-Length: 20000000"));
      assertThat(wire.line()).isEqualTo("HTTP/1.1 100 Continue");
      assertThat(wire.line()).isEmpty();
      wire.send(Client.bytes(91, 20_000_000));
      var received = wire.receive();
      assertThat(received.statusLine()).isEqualTo("HTTP/1.1 503 Service Unavailable");
      assertThat(received.reset()).isFalse();
    }
    FaultyStores.assertNothingStored();
  }
}
