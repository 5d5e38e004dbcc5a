package io.raic.gateway.http;

import static java.net.http.HttpRequest.BodyPublishers.ofInputStream;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UploadTest extends GatewayTest {
  private final ShareFiles shares = new ShareFiles(data());

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 54, 55})
  void aFileOfUpTo55BytesIsItsCapability(int size) {
    byte[] content = Client.bytes(size, size);
    int before = shares.count();
    var answer = client().put("/uri", content);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).startsWith("URI:LIT:");
    assertThat(answer.header("X-Raic-Redundancy")).isEmpty();
    assertThat(client().read(answer.text())).isEqualTo(content);
    assertThat(shares.count()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(ints = {56, 100_000, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 3_500_001})
  void aLongerFileIsStoredAndComesBack(int size) {
    byte[] content = Client.bytes(size, size);
    var answer = client().put("/uri", content);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).matches("URI:CHK:[a-z2-7]{26}:[a-z2-7]{52}:3:5:" + size);
    assertThat(shares.of(answer.text())).hasSize(5);
    assertThat(client().read(answer.text())).isEqualTo(content);
  }

  @Test
  void theAnswerIsTheCapabilityAndNothingElse() {
    var answer = client().put("/uri", Client.bytes(1, 1000));
    assertThat(answer.header("Content-Type")).isEqualTo("text/plain;charset=US-ASCII");
    assertThat(answer.header("Content-Length")).isEqualTo("" + answer.text().length());
    assertThat(answer.text()).doesNotContainAnyWhitespaces();
  }

  @Test
  void theAnswerTellsHowManySharesAreDurable() {
    var answer = client().put("/uri", Client.bytes(2, 1000));
    assertThat(answer.header("X-Raic-Redundancy")).isEqualTo("5/5");
  }

  @Test
  void everyStoreGetsAShareOfItsOwn() {
    String cap = client().store(Client.bytes(3, 1000));
    for (int store = 1; store <= 5; store++) {
      assertThat(shares.of(cap, store)).hasSize(1);
    }
  }

  @Test
  void theSameContentHasTheSameCapability() {
    byte[] content = Client.bytes(4, 100_000);
    assertThat(client().store(content)).isEqualTo(client().store(content));
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "t", "1", "on", "TRUE"})
  void aRandomKeyGivesTheSameContentAnotherCapability(String yes) {
    byte[] content = Client.bytes(5, 100_000);
    var first = client().put("/uri?random-key=" + yes, content);
    var second = client().put("/uri?random-key=" + yes, content);
    assertThat(first.text()).isNotEqualTo(second.text()).startsWith("URI:CHK:");
    assertThat(client().read(second.text())).isEqualTo(content);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 55, 56, 3_500_000, 5_000_000})
  void aBodyInChunksIsStoredLikeOneOfKnownLength(int size) {
    byte[] content = Client.bytes(6, size);
    var chunked =
        client().send("PUT", "/uri", ofInputStream(() -> new ByteArrayInputStream(content)));
    assertThat(chunked.status()).isEqualTo(200);
    assertThat(chunked.text()).isEqualTo(client().store(content));
  }

  @Test
  void aBodyInChunksGetsARandomKeyIfItIsToHaveOne() {
    byte[] content = Client.bytes(7, 5_000_000);
    var body = ofInputStream(() -> new ByteArrayInputStream(content));
    var chunked = client().send("PUT", "/uri?random-key=true", body);
    assertThat(chunked.status()).isEqualTo(200);
    assertThat(chunked.text()).isNotEqualTo(client().store(content));
    assertThat(client().read(chunked.text())).isEqualTo(content);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json",
        "nonsense"
      })
  void theBodyIsStoredAsItIsWhateverItIsSaidToBe(String type) {
    byte[] content = Client.ascii("t=mkdir&format=SDMF&a=%zz&--x--&".repeat(10));
    var answer = client().put("/uri", content, "Content-Type", type);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(client().read(answer.text())).isEqualTo(content);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/uri", "/uri/", "/cap", "/cap/", "/uri?format=chk", "/uri?mutable=false"})
  void theseStoreAnImmutableFile(String path) {
    var answer = client().put(path, Client.bytes(8, 1000));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).startsWith("URI:CHK:");
  }

  @ParameterizedTest
  @CsvSource({
    "/uri?t=upload, 400",
    "/uri?t=mkdir, 400",
    "/uri?t=nonsense, 400",
    "/uri?random-key=maybe, 400",
    "/uri?mutable=perhaps, 400",
    "/uri?mutable=true, 501",
    "/uri?format=SDMF, 501",
    "/uri?format=MDMF, 501"
  })
  void whatIsNotServedIsRefusedAndStoresNothing(String path, int status) {
    int before = shares.count();
    var answer = client().put(path, Client.bytes(9, 1000));
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).isEqualTo("text/plain;charset=utf-8");
    assertThat(answer.text()).hasLineCount(1).doesNotContain("Exception");
    assertThat(shares.count()).isEqualTo(before);
  }

  @Test
  void aPartOfAFileCannotBeStored() {
    var answer = client().put("/uri", Client.bytes(10, 1000), "Content-Range", "bytes 0-999/2000");
    assertThat(answer.status()).isEqualTo(501);
  }
}
