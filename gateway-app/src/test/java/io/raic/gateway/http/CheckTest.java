package io.raic.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CheckTest extends GatewayTest {
  private static final List<String> RESULTS =
      List.of(
          "count-corrupt-shares",
          "count-good-share-hosts",
          "count-happiness",
          "count-recoverable-versions",
          "count-shares-expected",
          "count-shares-good",
          "count-shares-needed",
          "count-unrecoverable-versions",
          "count-wrong-shares",
          "healthy",
          "list-corrupt-shares",
          "problems",
          "recoverable",
          "servers-responding",
          "sharemap");

  private final ShareFiles shares = new ShareFiles(data());
  private byte[] content = {};
  private String cap = "";
  private String verifyCap = "";
  private String index = "";

  @BeforeEach
  void store() {
    content = Client.bytes(50, 200_000);
    var stored = client().put("/uri?random-key=true", content);
    cap = stored.text();
    verifyCap = DownloadTest.verifyCap(cap);
    index = verifyCap.split(":", -1)[2];
  }

  private JsonNode check(String cap, String query) {
    var answer = client().post("/uri/%s?t=check&output=JSON%s".formatted(cap, query));
    assertThat(answer.status()).describedAs(answer.text()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.text()).endsWith("}\n").doesNotContain("URI:");
    return JsonMapper.builder().build().readTree(answer.text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "&verify=false", "&verify=true", "&add-lease=true"})
  void aWholeFileIsHealthy(String query) {
    for (String each : List.of(cap, verifyCap)) {
      var check = check(each, query);
      assertThat(check.get("storage-index").asString()).isEqualTo(index);
      assertThat(check.get("summary").asString()).isEqualTo("Healthy");
      var results = check.get("results");
      assertThat(results.propertyNames()).containsExactlyInAnyOrderElementsOf(RESULTS);
      assertThat(results.get("healthy").asBoolean()).isTrue();
      assertThat(results.get("recoverable").asBoolean()).isTrue();
      assertThat(results.get("count-happiness").asInt()).isEqualTo(5);
      assertThat(results.get("count-shares-good").asInt()).isEqualTo(5);
      assertThat(results.get("count-shares-needed").asInt()).isEqualTo(3);
      assertThat(results.get("count-shares-expected").asInt()).isEqualTo(5);
      assertThat(results.get("count-good-share-hosts").asInt()).isEqualTo(5);
      assertThat(results.get("count-corrupt-shares").asInt()).isZero();
      assertThat(results.get("list-corrupt-shares").size()).isZero();
      assertThat(results.get("servers-responding").size()).isEqualTo(5);
      assertThat(results.get("sharemap").propertyNames())
          .containsExactlyInAnyOrder("0", "1", "2", "3", "4");
      assertThat(results.get("sharemap").get("0").get(0).asString()).startsWith("store-");
      assertThat(results.get("count-wrong-shares").asInt()).isZero();
      assertThat(results.get("count-recoverable-versions").asInt()).isEqualTo(1);
      assertThat(results.get("count-unrecoverable-versions").asInt()).isZero();
    }
  }

  @Test
  void aLostShareIsMissed() throws IOException {
    Files.delete(shares.of(cap, 2).getFirst());
    var check = check(cap, "");
    assertThat(check.get("summary").asString()).isEqualTo("Not Healthy: 4 shares (enc 3-of-5)");
    var results = check.get("results");
    assertThat(results.get("healthy").asBoolean()).isFalse();
    assertThat(results.get("recoverable").asBoolean()).isTrue();
    assertThat(results.get("count-shares-good").asInt()).isEqualTo(4);
    assertThat(results.get("count-good-share-hosts").asInt()).isEqualTo(4);
    assertThat(results.get("servers-responding").size()).isEqualTo(5);
    assertThat(results.get("sharemap").size()).isEqualTo(4);
  }

  @Test
  void verifyingFindsWhatLookingDoesNot() {
    var file = shares.of(cap, 3).getFirst();
    byte[] bytes = ShareFiles.read(file);
    bytes[bytes.length / 2] ^= 1;
    ShareFiles.write(file, bytes);
    assertThat(check(cap, "").get("results").get("healthy").asBoolean()).isTrue();
    var results = check(verifyCap, "&verify=true").get("results");
    assertThat(results.get("healthy").asBoolean()).isFalse();
    assertThat(results.get("count-corrupt-shares").asInt()).isEqualTo(1);
    var corrupt = results.get("list-corrupt-shares").get(0);
    assertThat(corrupt.get(0).asString()).isEqualTo("store-3");
    assertThat(corrupt.get(1).asString()).isEqualTo(index);
    assertThat(corrupt.get(2).asInt()).isEqualTo(Integer.parseInt(file.getFileName() + ""));
  }

  @Test
  void threeLostSharesAreTooMany() throws IOException {
    for (int store : new int[] {1, 3, 5}) {
      Files.delete(shares.of(cap, store).getFirst());
    }
    var check = check(cap, "");
    assertThat(check.get("summary").asString()).startsWith("Unrecoverable: 2 shares");
    var results = check.get("results");
    assertThat(results.get("recoverable").asBoolean()).isFalse();
    assertThat(results.get("count-recoverable-versions").asInt()).isZero();
    assertThat(results.get("count-unrecoverable-versions").asInt()).isEqualTo(1);
    var repair = check(cap, "&repair=true");
    assertThat(repair.get("repair-attempted").asBoolean()).isTrue();
    assertThat(repair.get("repair-successful").asBoolean()).isFalse();
  }

  @Test
  void theVerifyCapIsEnoughToRepair() throws IOException {
    var before = shares.contents(cap);
    Files.delete(shares.of(cap, 1).getFirst());
    ShareFiles.flip(shares.of(cap, 4).getFirst());
    var repair = check(verifyCap, "&repair=true");
    assertThat(repair.get("storage-index").asString()).isEqualTo(index);
    assertThat(repair.get("repair-attempted").asBoolean()).isTrue();
    assertThat(repair.get("repair-successful").asBoolean()).isTrue();
    var pre = repair.get("pre-repair-results");
    assertThat(pre.get("storage-index").asString()).isEqualTo(index);
    assertThat(pre.get("summary").asString()).startsWith("Not Healthy: 3 shares");
    assertThat(pre.get("results").propertyNames()).containsExactlyInAnyOrderElementsOf(RESULTS);
    assertThat(pre.get("results").get("healthy").asBoolean()).isFalse();
    assertThat(pre.get("results").get("list-corrupt-shares").size()).isEqualTo(1);
    var post = repair.get("post-repair-results");
    assertThat(post.get("results").propertyNames()).containsExactlyInAnyOrderElementsOf(RESULTS);
    assertThat(post.get("results").get("healthy").asBoolean()).isTrue();
    assertThat(post.get("results").get("list-corrupt-shares").size()).isZero();
    assertThat(shares.contents(cap)).isEqualTo(before);
    assertThat(check(cap, "&verify=true").get("summary").asString()).isEqualTo("Healthy");
    assertThat(client().read(cap)).isEqualTo(content);
  }

  @Test
  void whatIsHealthyIsNotRepaired() {
    var repair = check(cap, "&repair=true&verify=true");
    assertThat(repair.get("repair-attempted").asBoolean()).isFalse();
    assertThat(repair.get("repair-successful").asBoolean()).isFalse();
    assertThat(repair.get("pre-repair-results")).isEqualTo(repair.get("post-repair-results"));
  }

  @Test
  void aLiteralIsAlwaysHealthy() {
    assertThat(check("URI:LIT:nbswy3dp", "&verify=true").toString())
        .isIn(
            "{\"results\":{\"healthy\":true},\"storage-index\":\"\"}",
            "{\"storage-index\":\"\",\"results\":{\"healthy\":true}}");
    var repair = check("URI:LIT:nbswy3dp", "&repair=true");
    assertThat(repair.get("storage-index").asString()).isEmpty();
    assertThat(repair.get("repair-attempted").asBoolean()).isFalse();
    assertThat(repair.get("pre-repair-results").get("results").get("healthy").asBoolean()).isTrue();
    assertThat(repair.get("post-repair-results").get("results").get("healthy").asBoolean())
        .isTrue();
  }

  @Test
  void withoutJsonTheAnswerIsALine() throws IOException {
    assertThat(client().post("/uri/" + cap + "?t=check").text()).isEqualTo("Healthy\n");
    Files.delete(shares.of(cap, 2).getFirst());
    var answer = client().post("/cap/" + verifyCap + "?t=check&repair=true&output=text");
    assertThat(answer.header("Content-Type")).isEqualTo("text/plain;charset=utf-8");
    assertThat(answer.text()).isEqualTo("Not Healthy: 4 shares (enc 3-of-5); repaired: Healthy\n");
  }

  @Test
  void argumentsMayBeFieldsOfAForm() throws IOException {
    Files.delete(shares.of(cap, 2).getFirst());
    var answer =
        client()
            .post(
                "/uri/" + cap,
                Client.ascii("t=check&output=json&repair=on"),
                "Content-Type",
                "application/x-www-form-urlencoded");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).contains("\"repair-successful\" : true");
  }

  @ParameterizedTest
  @CsvSource({
    "?t=check&verify=yes",
    "?t=check&verify=",
    "?t=check&repair=2",
    "?t=check&add-lease=maybe",
    "?t=check&output=xml",
    "?t=checks",
    "?t=",
    "?verify=true"
  })
  void whatCannotBeUnderstoodIsRefused(String query) {
    var answer = client().post("/uri/" + cap + query);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).hasLineCount(1);
  }

  @Test
  void aFileThatNobodyHasIsNotAnError() {
    String absent = verifyCap.replace(index, "aaaaaaaaaaaaaaaaaaaaaaaaaa");
    assertThat(check(absent, "").get("summary").asString()).startsWith("Unrecoverable: 0 shares");
  }
}
