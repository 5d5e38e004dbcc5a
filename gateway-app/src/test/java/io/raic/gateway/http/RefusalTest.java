package io.raic.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** What the gateway does not do, and how it says so. */
class RefusalTest extends GatewayTest {
  private static final String KEY = "aaaaaaaaaaaaaaaaaaaaaaaaaa";
  private static final String HASH = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
  private static final String CHK = "URI:CHK:" + KEY + ":" + HASH;

  static Stream<String> badCapabilities() {
    return Stream.of(
        "x",
        "URI:",
        "URI:CHK",
        "URI:CHK:",
        "uri:chk:" + KEY + ":" + HASH + ":3:5:1000",
        "URI:NEW:" + KEY,
        CHK + ":3:5",
        CHK + ":3:5:",
        CHK + ":3:5:-1",
        CHK + ":3:5:0",
        CHK + ":3:5:1e3",
        CHK + ":3:5:99999999999999999999",
        CHK + ":3:5:9223372036854775807",
        CHK + ":3:5:17592186044417",
        CHK + ":3:5:1000:",
        CHK + ":3:5:1000:1",
        CHK + ":0:5:1000",
        CHK + ":6:5:1000",
        CHK + ":3:257:1000",
        CHK + ":%2B3:5:1000",
        "ro.ro." + CHK + ":3:5:1000",
        "imm.URI:SSK-RO:" + KEY + ":" + HASH,
        "ro.URI:SSK:" + KEY + ":" + HASH,
        "URI:CHK:" + KEY.substring(1) + ":" + HASH + ":3:5:1000",
        "URI:CHK:" + KEY + "a:" + HASH + ":3:5:1000",
        "URI:CHK:" + KEY.substring(1) + "b:" + HASH + ":3:5:1000",
        "URI:CHK:" + KEY.toUpperCase(Locale.ROOT) + ":" + HASH + ":3:5:1000",
        "URI:CHK:" + KEY.substring(1) + "1:" + HASH + ":3:5:1000",
        "URI:CHK:" + KEY.substring(1) + "%C3%A4:" + HASH + ":3:5:1000",
        "URI:LIT:a",
        "URI:LIT:A",
        "URI:LIT:nbswy3dp:",
        "URI:CHK-Verifier:" + KEY + ":" + HASH + ":3:5",
        "URI:SSK:" + KEY,
        "URI:DIR2:" + KEY,
        "URI:" + "A".repeat(70_000));
  }

  @Test
  void theLargestFileThatACapabilityMayNameIsOnlyNotThere() {
    for (String method : List.of("GET", "HEAD")) {
      var answer =
          client()
              .send(
                  method,
                  "/uri/" + CHK + ":3:5:17592186044416",
                  java.net.http.HttpRequest.BodyPublishers.noBody());
      assertThat(answer.status()).isEqualTo(410);
    }
    var check = client().post("/uri/" + CHK + ":3:5:17592186044416?t=check&verify=true");
    assertThat(check.status()).isEqualTo(200);
  }

  @ParameterizedTest
  @MethodSource("badCapabilities")
  void aBadCapabilityIsRefusedWithoutBeingRepeated(String cap) {
    for (var answer :
        Arrays.asList(
            client().get("/uri/" + cap),
            client().get("/named/" + cap + "/a.html"),
            client().get("/uri/" + cap + "?t=json"),
            client().get("/uri?uri=" + cap),
            client().post("/uri/" + cap + "?t=check"))) {
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.text())
          .startsWith("bad capability: ")
          .hasLineCount(1)
          .hasSizeLessThan(200)
          .doesNotContain("aaaa", "AAAA", "nbswy3dp", "http");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "URI:SSK:KEY:HASH",
        "URI:SSK-RO:KEY:HASH",
        "URI:SSK-Verifier:KEY:HASH",
        "URI:MDMF:KEY:HASH",
        "URI:MDMF-RO:KEY:HASH:3:131073",
        "URI:MDMF-Verifier:KEY:HASH",
        "URI:DIR2:KEY:HASH",
        "URI:DIR2-RO:KEY:HASH",
        "URI:DIR2-Verifier:KEY:HASH",
        "URI:DIR2-MDMF:KEY:HASH",
        "URI:DIR2-CHK:KEY:HASH:3:5:1000",
        "URI:DIR2-CHK-Verifier:KEY:HASH:3:5:1000",
        "URI:DIR2-LIT:nbswy3dp"
      })
  void whatIsMutableOrADirectoryIsNotServedYet(String kind) {
    String cap = kind.replace("KEY", KEY).replace("HASH", HASH);
    for (var answer :
        Arrays.asList(
            client().get("/uri/" + cap),
            client().get("/uri/" + cap + "?t=json"),
            client().post("/uri/" + cap + "?t=check"))) {
      assertThat(answer.status()).isEqualTo(501);
      assertThat(answer.text())
          .hasLineCount(1)
          .contains("immutable files only")
          .doesNotContain("aaaa", "nbswy3dp");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nothing", "/nothing/URI:LIT:", "/file/URI:LIT:", "/error", "/ur"})
  void anUnknownPathIsNotFound(String path) {
    var answer = client().get(path);
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.text()).isEqualTo("Not Found\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/uri/URI:LIT:/", "/uri/URI:LIT:/x", "/cap/URI:LIT:/x/y"})
  void aFileHasNoChildren(String path) {
    var answer = client().get(path);
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.text()).isEqualTo("a file has no children\n");
  }

  @ParameterizedTest
  @CsvSource({
    "DELETE, /uri/URI:LIT:nbswy3dp, 'GET, POST'",
    "PUT, /uri/URI:LIT:nbswy3dp, 'GET, POST'",
    "TRACE, /uri/URI:LIT:nbswy3dp, 'GET, POST'",
    "PATCH, /uri/URI:LIT:nbswy3dp, 'GET, POST'",
    "NONSENSE, /uri/URI:LIT:nbswy3dp, 'GET, POST'",
    "DELETE, /uri, 'GET, POST, PUT'",
    "POST, /named/URI:LIT:nbswy3dp/x, GET"
  })
  void whatCannotBeDoneHereIsToldWithWhatCan(String method, String path, String allowed) {
    var answer = client().send(method, path, java.net.http.HttpRequest.BodyPublishers.noBody());
    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.header("Allow").split(",\\s*"))
        .containsExactlyInAnyOrder(allowed.split(", "));
    assertThat(answer.text()).isEqualTo("Method Not Allowed\n");
  }

  @ParameterizedTest
  @CsvSource({
    "/uri/x, 400",
    "/uri/URI:LIT:?t=x, 400",
    "/nothing, 404",
    "/uri/URI:LIT:/x, 404",
    "/error, 404"
  })
  void aClientThatWantsJsonGetsProblemDetails(String path, int status) {
    var answer = client().get(path, "Accept", "application/json");
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    var problem = JsonMapper.builder().build().readTree(answer.text());
    assertThat(problem.propertyNames())
        .containsExactlyInAnyOrder("type", "title", "status", "detail");
    assertThat(problem.get("type").asString()).isEqualTo("about:blank");
    assertThat(problem.get("status").asInt()).isEqualTo(status);
    assertThat(problem.get("detail").asString()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"text/html", "text/plain, application/octet-stream", "*/*", "image/png", "x"})
  void everybodyElseGetsALineOfPlainText(String accept) {
    for (String path : new String[] {"/uri/x", "/nothing", "/uri/URI:LIT:?t=x"}) {
      var answer = client().get(path, "Accept", accept);
      assertThat(answer.status()).isBetween(400, 404);
      assertThat(answer.header("Content-Type")).isEqualTo("text/plain;charset=utf-8");
      assertThat(answer.text())
          .hasLineCount(1)
          .endsWith("\n")
          .doesNotContain("<", "Exception", "at io.raic");
    }
  }

  @Test
  void refusalsHaveALength() {
    var answer = client().get("/nothing");
    assertThat(answer.header("Content-Length")).isEqualTo("10");
    assertThat(client().head("/nothing").header("Content-Length")).isEqualTo("10");
  }
}
