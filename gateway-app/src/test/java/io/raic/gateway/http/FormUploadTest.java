package io.raic.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormUploadTest extends GatewayTest {
  private static final byte[] CONTENT = Client.bytes(1, 1000);

  private final ShareFiles shares = new ShareFiles(data());

  private Client.Answer post(String path, Form form) {
    return client().post(path, form.body(), "Content-Type", Form.TYPE);
  }

  private void assertRefused(int status, Client.Answer answer, int sharesBefore) {
    assertThat(answer.status()).describedAs(answer.text()).isEqualTo(status);
    assertThat(answer.text()).hasLineCount(1).doesNotContain("URI:");
    assertThat(shares.count()).isEqualTo(sharesBefore);
  }

  @Test
  void theFieldFileIsStored() {
    var answer = post("/uri?t=upload", new Form().file(CONTENT));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("X-Raic-Redundancy")).isEqualTo("5/5");
    assertThat(client().read(answer.text())).isEqualTo(CONTENT);
  }

  @Test
  void aFormConvergesWithAPut() {
    var answer = post("/uri?t=upload", new Form().file(CONTENT));
    assertThat(answer.text()).isEqualTo(client().store(CONTENT));
  }

  @Test
  void whatIsWantedMayBeAFieldToo() {
    var answer = post("/uri", new Form().field("t", "upload").file(CONTENT));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).startsWith("URI:CHK:");
  }

  @Test
  void theQueryComesBeforeTheFields() {
    var answer = post("/uri?t=upload", new Form().field("t", "mkdir").file(CONTENT));
    assertThat(answer.status()).isEqualTo(200);
  }

  @Test
  void otherFieldsDoNotMatter() {
    var form = new Form().field("_charset", "utf-8").file(CONTENT).field("submit", "Upload!");
    assertThat(post("/uri?t=upload", form).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 55, 56, 5_000_000})
  void aFileOfAnySizeComesBack(int size) {
    byte[] content = Client.bytes(2, size);
    var answer = post("/uri?t=upload", new Form().file(content));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(client().read(answer.text())).isEqualTo(content);
  }

  @Test
  void aRandomKeyCanBeAskedFor() {
    var answer = post("/uri?t=upload&random-key=true", new Form().file(CONTENT));
    assertThat(answer.text()).startsWith("URI:CHK:").isNotEqualTo(client().store(CONTENT));
  }

  @Test
  void whenDoneLeadsOnWithTheCapability() {
    var answer = post("/uri?t=upload&when_done=/done?cap=%25(uri)s", new Form().file(CONTENT));
    assertThat(answer.status()).isEqualTo(302);
    assertThat(answer.header("X-Raic-Redundancy")).isEqualTo("5/5");
    String cap = client().store(CONTENT);
    assertThat(answer.header("Location")).isEqualTo("/done?cap=" + Client.encoded(cap));
  }

  @Test
  void whenDoneMayBeAFieldAndNameNoCapability() {
    var form = new Form().field("when_done", "/done").file(CONTENT);
    var answer = post("/uri?t=upload", form);
    assertThat(answer.status()).isEqualTo(302);
    assertThat(answer.header("Location")).isEqualTo("/done");
  }

  /** Addresses that lead elsewhere, or could. */
  static String[] elsewhere() {
    return new String[] {
      "http://evil.example/%(uri)s",
      "//evil.example/%(uri)s",
      "/\\evil.example/%(uri)s",
      "evil.example",
      "javascript:alert(1)",
      "",
      "/done\r\nX-Evil: 1",
      "/done\u0000"
    };
  }

  @ParameterizedTest
  @MethodSource("elsewhere")
  void whenDoneMustNotCarryTheCapabilityElsewhere(String address) {
    int before = shares.count();
    String path = "/uri?t=upload&when_done=" + Client.encoded(address);
    assertRefused(400, post(path, new Form().file(fresh(address))), before);
  }

  @ParameterizedTest
  @MethodSource("elsewhere")
  void aFieldWhenDoneMustNotEither(String address) {
    int before = shares.count();
    var form = new Form().field("when_done", address).file(fresh(address));
    assertRefused(400, post("/uri?t=upload", form), before);
  }

  @ParameterizedTest
  @MethodSource("elsewhere")
  void aFieldAfterTheFileMustNotEither(String address) {
    int before = shares.count();
    var form = new Form().file(fresh(address)).field("when_done", address);
    assertRefused(400, post("/uri?t=upload", form), before);
  }

  @Test
  void aFormWithoutAFileIsRefused() {
    int before = shares.count();
    assertRefused(400, post("/uri?t=upload", new Form().field("name", "x")), before);
  }

  @Test
  void aFormOfTwoFilesIsRefusedAndStoresNeither() {
    int before = shares.count();
    var form = new Form().file(Client.bytes(3, 1000)).file(Client.bytes(4, 1000));
    assertRefused(400, post("/uri?t=upload", form), before);
  }

  @Test
  void aFormThatBreaksOffAfterTheFileStoresNothing() {
    int before = shares.count();
    byte[] cut = new Form().file(Client.bytes(5, 1000)).cutOff();
    var answer = client().post("/uri?t=upload", cut, "Content-Type", Form.TYPE);
    assertRefused(400, answer, before);
  }

  @Test
  void aFormThatBreaksOffInTheFileStoresNothing() {
    int before = shares.count();
    byte[] form = new Form().file(Client.bytes(6, 1000)).body();
    byte[] cut = java.util.Arrays.copyOf(form, form.length - 200);
    var answer = client().post("/uri?t=upload", cut, "Content-Type", Form.TYPE);
    assertRefused(400, answer, before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/octet-stream",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "text/plain"
      })
  void whatIsNoFormIsRefused(String type) {
    int before = shares.count();
    var answer = client().post("/uri?t=upload", Client.bytes(7, 1000), "Content-Type", type);
    assertRefused(400, answer, before);
  }

  @ParameterizedTest
  @CsvSource({
    "/uri, 400",
    "/uri?t=, 400",
    "/uri?t=nonsense, 400",
    "/uri?t=upload&random-key=maybe, 400",
    "/uri?t=upload&mutable=true, 501",
    "/uri?t=upload&format=SDMF, 501",
    "/uri?t=upload&format=MDMF, 501"
  })
  void whatIsNotServedIsRefusedAndStoresNothing(String path, int status) {
    int before = shares.count();
    assertRefused(status, post(path, new Form().file(Client.bytes(8, 1000))), before);
  }

  @ParameterizedTest
  @CsvSource({"mutable, true, 501", "format, sdmf, 501", "t, nonsense, 400"})
  void aFieldThatAsksForWhatIsNotServedStoresNothing(String name, String value, int status) {
    int before = shares.count();
    String path = name.equals("t") ? "/uri" : "/uri?t=upload";
    var first = new Form().field(name, value).file(Client.bytes(9, 1000));
    assertRefused(status, post(path, first), before);
    var last = new Form().file(Client.bytes(10, 1000)).field(name, value);
    assertRefused(status, post(path, last), before);
  }

  private static byte[] fresh(String address) {
    return Client.bytes(address.hashCode(), 1000);
  }
}
