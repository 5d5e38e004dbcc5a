package io.raic.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code t=} and the conditional headers are answered. */
class FileQuestionTest extends GatewayTest {
  private static final byte[] CONTENT = Client.bytes(40, 2000);
  private static final String LITERAL = "URI:LIT:nbswy3dp";

  @Test
  void jsonOfAFileHasItsCapabilities() {
    String cap = client().store(CONTENT);
    var answer = client().get("/uri/" + cap + "?t=json");
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.text())
        .isEqualTo(
            """
            [
             "filenode",
             {
              "mutable" : false,
              "format" : "CHK",
              "size" : 2000,
              "ro_uri" : "%s",
              "verify_uri" : "%s"
             }
            ]
            """
                .formatted(cap, DownloadTest.verifyCap(cap)));
  }

  @Test
  void jsonOfAVerifyCapTellsNothingMore() {
    String cap = DownloadTest.verifyCap(client().store(CONTENT));
    var answer = client().get("/uri/" + cap + "?t=json");
    assertThat(answer.text())
        .isEqualTo(
            """
            [
             "filenode",
             {
              "mutable" : false,
              "format" : "CHK",
              "size" : 2000,
              "verify_uri" : "%s"
             }
            ]
            """
                .formatted(cap));
  }

  @Test
  void jsonOfALiteralHasNoVerifyCap() {
    var answer = client().get("/uri/" + LITERAL + "?t=json");
    assertThat(answer.text())
        .isEqualTo(
            """
            [
             "filenode",
             {
              "mutable" : false,
              "format" : "CHK",
              "size" : 5,
              "ro_uri" : "URI:LIT:nbswy3dp"
             }
            ]
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"uri", "readonly-uri"})
  void theCapabilityIsTold(String t) {
    String cap = client().store(CONTENT);
    for (String path : new String[] {"/uri/%s", "/cap/%s", "/named/%s/a.html", "/file/%s/a"}) {
      var answer = client().get(path.formatted(Client.encoded(cap)) + "?t=" + t);
      assertThat(answer.text()).isEqualTo(cap);
      assertThat(answer.header("Content-Type")).isEqualTo("text/plain;charset=US-ASCII");
    }
  }

  @Test
  void aVerifyCapIsToldAndHasNoReadCap() {
    String cap = DownloadTest.verifyCap(client().store(CONTENT));
    assertThat(client().get("/uri/" + cap + "?t=uri").text()).isEqualTo(cap);
    assertThat(client().get("/uri/" + cap + "?t=readonly-uri").status()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"check", "nonsense", "JSON", "%20json%20x", "rename-form"})
  void anythingElseIsUnknown(String t) {
    var answer = client().get("/uri/" + LITERAL + "?t=" + t);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).isEqualTo("unknown t= for a file\n");
  }

  @ParameterizedTest
  @CsvSource({"'', -", "?t=json, -json", "?t=uri, -uri", "?t=readonly-uri, -readonly-uri"})
  void theTagIsTheStorageIndexAndWhatIsAsked(String query, String end) {
    String cap = client().store(CONTENT);
    String index = DownloadTest.verifyCap(cap).split(":", -1)[2];
    assertThat(client().get("/uri/" + cap + query).header("ETag"))
        .isEqualTo("\"%s%s\"".formatted(index, end));
  }

  @Test
  void aLiteralHasNoTag() {
    assertThat(client().get("/uri/" + LITERAL).header("ETag")).isEmpty();
    assertThat(client().get("/uri/" + LITERAL, "If-None-Match", "*").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TAG", "W/TAG", "\"a\", TAG", "\"a\",W/TAG,\"b\"", "*", " TAG "})
  void aFileThatTheClientHasIsNotSentAgain(String tags) {
    String path = "/uri/" + client().store(CONTENT);
    String tag = client().head(path).header("ETag");
    var answer = client().get(path, "If-None-Match", tags.replace("TAG", tag));
    assertThat(answer.status()).isEqualTo(304);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.header("ETag")).isEqualTo(tag);
    assertThat(client().head(path, "If-None-Match", tag).status()).isEqualTo(304);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"a\"", "W/\"a\"", "", "TAGx", "x"})
  void anotherFileIsSent(String tags) {
    String path = "/uri/" + client().store(CONTENT);
    String tag = client().head(path).header("ETag");
    var answer = client().get(path, "If-None-Match", tags.replace("TAG", tag));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(CONTENT);
  }
}
