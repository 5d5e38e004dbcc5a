package io.raic.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.raic.crypto.capability.Capabilities;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DownloadTest extends GatewayTest {
  private static final byte[] CONTENT = Client.bytes(20, 2000);
  private static final String LITERAL = "URI:LIT:nbswy3dp";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/uri/CAP",
        "/cap/CAP",
        "/uri/CAP?t=",
        "/file/CAP/name.bin",
        "/named/CAP/name.bin",
        "/named/CAP/%C3%A4%20b.bin"
      })
  void aFileIsReadUnderEachOfItsNames(String path) {
    String cap = client().store(CONTENT);
    for (String text : new String[] {cap, Client.encoded(cap), cap.replace(":", "%3a")}) {
      var answer = client().get(path.replace("CAP", text));
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo(CONTENT);
    }
  }

  @Test
  void aLiteralIsReadOutOfItsCapability() {
    assertThat(client().get("/uri/" + LITERAL).text()).isEqualTo("hello");
    assertThat(client().get("/uri/URI%3ALIT%3A").body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ro.", "imm."})
  void aCapabilityMayBeMarkedAsWeak(String mark) {
    String cap = client().store(CONTENT);
    assertThat(client().get("/uri/" + mark + cap).body()).isEqualTo(CONTENT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/uri/CAP", "/named/CAP/a.tar.gz", "/uri/CAP?save=true&filename=a.html"})
  void headTellsTheSameWithoutTheFile(String path) {
    String cap = client().store(CONTENT);
    var get = client().get(path.replace("CAP", cap));
    var head = client().head(path.replace("CAP", cap));
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.header("Content-Length")).isEqualTo("2000");
    for (String name : get.headers().map().keySet()) {
      if (!name.equalsIgnoreCase("date")) {
        assertThat(head.headers().allValues(name)).isEqualTo(get.headers().allValues(name));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "a.html, text/html, ''",
    "a.HTML, text/html, ''",
    "a.jpg, image/jpeg, ''",
    "a.json, application/json, ''",
    "a.pdf, application/pdf, ''",
    "a, text/plain, ''",
    "a.unheardof, text/plain, ''",
    "a.tar.gz, application/x-tar, gzip",
    "a.txt.GZ, text/plain, gzip",
    "a.txt.bz2, text/plain, bzip2",
    "a.txt.Z, text/plain, compress",
    "gz, text/plain, ''"
  })
  void theNameTellsWhatAFileIs(String name, String type, String encoding) {
    for (String path : new String[] {"/named/%s/" + name, "/uri/%s?filename=" + name}) {
      var answer = client().get(path.formatted(LITERAL));
      assertThat(answer.header("Content-Type")).isEqualTo(type);
      assertThat(answer.header("Content-Encoding")).isEqualTo(encoding);
      assertThat(answer.header("Content-Disposition")).isEmpty();
      assertThat(answer.text()).isEqualTo("hello");
    }
  }

  @Test
  void aFileWithoutANameIsPlainText() {
    assertThat(client().get("/uri/" + LITERAL).header("Content-Type")).isEqualTo("text/plain");
  }

  @Test
  void theNameInTheQueryComesFirst() {
    var answer = client().get("/named/" + LITERAL + "/a.html?filename=b.png");
    assertThat(answer.header("Content-Type")).isEqualTo("image/png");
  }

  @ParameterizedTest
  @CsvSource({
    "'save=true', 'attachment'",
    "'save=true&filename=a.bin', 'attachment; filename=\"a.bin\"; filename*=UTF-8''''a.bin'",
    "'save=false&filename=a.bin', ''",
  })
  void aFileIsToBeSavedIfTheClientSaysSo(String query, String disposition) {
    var answer = client().get("/uri/" + LITERAL + "?" + query);
    assertThat(answer.header("Content-Disposition")).isEqualTo(disposition);
  }

  @Test
  void aNameOfOtherLettersIsToldInBothWays() {
    String name = Client.encoded("Grüße €.html");
    var answer = client().get("/uri/" + LITERAL + "?save=true&filename=" + name);
    assertThat(answer.header("Content-Disposition"))
        .matches("attachment; filename=\"\\p{Graph}[\\p{Graph} ]*\"; filename\\*=UTF-8''.*")
        .endsWith("Gr%C3%BC%C3%9Fe%20%E2%82%AC.html");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a%0d%0aX-Evil:%201.html",
        "a%0aX-Evil:%201.html",
        "a%00.html",
        "%22;%20filename=%22evil.exe%22.html",
        "a%5c%22%5c.html",
        "%0d%0a%0d%0a%3Cscript%3E.html",
        "a%E2%80%AE%E5%98%8A%E5%98%8DX-Evil:1.html",
        "a%C2%85X-Evil:1.html"
      })
  void aNameCannotAddToTheHeaders(String name) throws IOException {
    String path = "/uri/URI:LIT:nbswy3dp?save=true&filename=" + name;
    String request = Wire.head("GET " + path + " HTTP/1.1", "Connection: close");
    var received = Wire.exchange(port(), request);
    assertThat(received.statusLine()).isEqualTo("HTTP/1.1 200 OK");
    assertThat(received.header("X-Evil")).isEmpty();
    assertThat(received.header("Content-Type")).isEqualTo("text/html");
    assertThat(received.head().replace("\r\n", "")).matches("[\\x20-\\x7e]*");
    assertThat(received.text()).isEqualTo("hello");
  }

  @Test
  void aVerifyCapDoesNotRead() {
    String cap = verifyCap(client().store(CONTENT));
    var answer = client().get("/uri/" + cap);
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.text()).isEqualTo("a verify cap cannot read\n");
    assertThat(client().head("/uri/" + cap).status()).isEqualTo(403);
  }

  @Test
  void aFormLeadsToTheFile() {
    String cap = client().store(CONTENT);
    var answer = client().get("/uri?uri=" + Client.encoded(cap));
    assertThat(answer.status()).isEqualTo(302);
    assertThat(answer.header("Location")).isEqualTo("/uri/" + Client.encoded(cap));
    assertThat(client().get(answer.header("Location")).body()).isEqualTo(CONTENT);
  }

  @Test
  void aFormsOtherArgumentsGoOnToTheFile() {
    var answer =
        client().get("/uri?filename=a%26b.html&uri=" + Client.encoded(LITERAL) + "&save=true");
    assertThat(answer.header("Location"))
        .isEqualTo("/uri/URI%3ALIT%3Anbswy3dp?filename=a%26b.html&save=true");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/uri", "/uri?uri=", "/uri?uri=http://evil.example", "/uri?uri=//x"})
  void aFormLeadsToNothingElse(String path) {
    var answer = client().get(path);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.header("Location")).isEmpty();
  }

  static String verifyCap(String cap) {
    return Capabilities.parse(cap).verifyOnly().orElseThrow().reveal();
  }
}
