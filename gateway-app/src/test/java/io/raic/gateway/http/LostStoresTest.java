package io.raic.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.raic.gateway.GatewayApplication;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Any two stores of five may be lost in any way; three may not, and wrong bytes never come. */
@SpringBootTest(classes = GatewayApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LostStoresTest {
  private static final Path DATA = Scratch.directory("lost");
  private static final byte[] CONTENT = Client.bytes(60, (1 << 20) + 12_345);
  private static final byte[] SMALL = Client.bytes(61, 56);
  private static final byte[] REPAIRED = Client.bytes(62, 50_000);

  @LocalServerPort private int port;
  private final ShareFiles shares = new ShareFiles(DATA);
  private Client client = new Client(0);
  private String cap = "";
  private String small = "";

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    registry.add("raic.data", () -> DATA);
  }

  @BeforeEach
  void store() {
    client = new Client(port);
    if (cap.isEmpty()) {
      cap = client.store(CONTENT);
      small = client.store(SMALL);
    }
  }

  @AfterEach
  void undo() throws IOException {
    for (int number = 1; number <= 5; number++) {
      Damage.undo(shares.store(number));
    }
  }

  /** Every two stores, with every kind of damage. */
  static Stream<Arguments> losses() {
    var losses = new ArrayList<Arguments>();
    for (var damage : Damage.values()) {
      for (int first = 1; first <= 5; first++) {
        for (int second = first + 1; second <= 5; second++) {
          losses.add(Arguments.of(damage, first, second));
        }
      }
    }
    return losses.stream();
  }

  @ParameterizedTest
  @MethodSource("losses")
  void twoLostStoresTakeNothingAway(Damage damage, int first, int second) throws IOException {
    damage.happenTo(shares.store(first));
    damage.happenTo(shares.store(second));
    assertThat(client.read(cap)).isEqualTo(CONTENT);
    assertThat(client.read(small)).isEqualTo(SMALL);
    var part = client.get("/uri/" + cap, "Range", "bytes=1048570-1048580");
    assertThat(part.body()).isEqualTo(Arrays.copyOfRange(CONTENT, 1048570, 1048581));
  }

  @ParameterizedTest
  @EnumSource
  void threeLostStoresAreTold(Damage damage) throws IOException {
    for (int number : new int[] {1, 3, 4}) {
      damage.happenTo(shares.store(number));
    }
    for (String each : List.of(cap, small)) {
      assertThat(client.head("/uri/" + each).status()).isEqualTo(lost(damage));
      var answer = client.get("/uri/" + each);
      assertThat(answer.status()).isEqualTo(lost(damage));
      assertThat(answer.text())
          .startsWith("2 good shares found, 3 are needed: ")
          .contains("store-1", "store-2: share ", "store-3", "store-4", "store-5: share ")
          .hasLineCount(1);
    }
  }

  /** A store that fails may have its shares; one that says that it has none, or bad ones, not. */
  private static int lost(Damage damage) {
    return damage == Damage.FILE ? 503 : 410;
  }

  @ParameterizedTest
  @EnumSource
  void headTellsOfAFileThatNobodyHasAnyMore(Damage damage) throws IOException {
    for (int number = 1; number <= 5; number++) {
      damage.happenTo(shares.store(number));
    }
    assertThat(client.head("/uri/" + cap).status()).isEqualTo(lost(damage));
  }

  @ParameterizedTest
  @EnumSource
  void storesThatComeBackGiveTheFileBack(Damage damage) throws IOException {
    for (int number : new int[] {1, 2, 3, 4, 5}) {
      damage.happenTo(shares.store(number));
    }
    assertThat(client.get("/uri/" + cap).status()).isEqualTo(lost(damage));
    undo();
    assertThat(client.read(cap)).isEqualTo(CONTENT);
  }

  static Stream<Arguments> repairableLosses() {
    return losses().filter(loss -> loss.get()[0] == Damage.GONE || loss.get()[0] == Damage.FLIPPED);
  }

  @ParameterizedTest
  @MethodSource("repairableLosses")
  @CsvSource({"EMPTY, 1, 2", "EMPTY, 3, 5", "CUT, 2, 4", "CUT, 4, 5"})
  void theVerifyCapRestoresWhatWasLostByteForByte(Damage damage, int first, int second)
      throws IOException {
    String own = client.put("/uri?random-key=true", REPAIRED).text();
    var before = shares.contents(own);
    damage.happenTo(shares.store(first));
    damage.happenTo(shares.store(second));
    assertThat(repair(own)).contains("\"repair-successful\" : true");
    assertThat(shares.contents(own).equals(before)).isTrue();
  }

  @Test
  void sharesOfStoresThatAreDownGoToTheOthersAsFarAsTheyMay() throws IOException {
    String own = client.put("/uri?random-key=true", REPAIRED).text();
    Damage.FILE.happenTo(shares.store(1));
    Damage.FILE.happenTo(shares.store(2));
    assertThat(repair(own)).contains("\"repair-successful\" : true");
    assertThat(shares.of(own)).hasSize(5);
    for (int number = 3; number <= 5; number++) {
      assertThat(shares.of(own, number)).hasSizeBetween(1, 2);
    }
    assertThat(client.read(own)).isEqualTo(REPAIRED);
  }

  private String repair(String own) {
    String verifyCap = DownloadTest.verifyCap(own);
    var answer = client.post("/uri/" + verifyCap + "?t=check&repair=true&output=JSON");
    assertThat(answer.status()).isEqualTo(200);
    return answer.text();
  }
}
