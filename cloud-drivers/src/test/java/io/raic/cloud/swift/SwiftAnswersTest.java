package io.raic.cloud.swift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.cloud.BackendException;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Operation;
import io.raic.cloud.Request;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What answers mean, and that no answer is believed that cannot be. */
class SwiftAnswersTest {
  private static final Request ABOUT = Request.of("test", Operation.GET);

  private static BackendException error(int status, String... headers) {
    var response = new BasicHttpResponse(status);
    for (int i = 0; i < headers.length; i += 2) {
      response.setHeader(headers[i], headers[i + 1]);
    }
    return SwiftErrors.of(ABOUT, "it", new Answer(response, new byte[0]));
  }

  @ParameterizedTest
  @CsvSource({
    "300, Unavailable",
    "400, AccessDenied",
    "401, AccessDenied",
    "403, AccessDenied",
    "405, AccessDenied",
    "408, Unavailable",
    "409, Unavailable",
    "413, OutOfSpace",
    "422, Unavailable",
    "429, Throttled",
    "498, Throttled",
    "500, Unavailable",
    "502, Unavailable",
    "503, Unavailable",
    "507, OutOfSpace"
  })
  void eachStatusIsOneOfTheFewErrors(int status, String kind) {
    assertThat(error(status).getClass().getSimpleName()).isEqualTo(kind);
    assertThat(error(status)).hasMessageContaining(String.valueOf(status));
  }

  @Test
  void anErrorHasTheIdThatSwiftGaveTheRequest() {
    assertThat(error(500, "X-Trans-Id", "tx1-2\u0007\"").request().id()).contains("tx1-2");
    assertThat(error(500, "X-Openstack-Request-Id", "r").request().id()).contains("r");
  }

  @ParameterizedTest
  @CsvSource({
    "7, 7",
    "0, 0",
    "99999999999999999999, 0",
    "9999999999, 86400",
    "-3, 0",
    "soon, 0",
    "'Thu, 01 Jan 1970 00:00:00 GMT', 0",
    "'Fri, 01 Jan 2100 00:00:00 GMT', 86400"
  })
  void aStoreThatNamesATimeIsLeftAloneThatLongButNotForEver(String word, long seconds) {
    assertThat(error(429, "Retry-After", word))
        .isInstanceOfSatisfying(
            BackendException.Throttled.class,
            e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(seconds)));
  }

  @Test
  void aVersionIsTheWritersOrWhatSwiftKnows() {
    var id = WriteId.random();
    assertThat(Found.version(id.contentType(), "h", 1)).isEqualTo(id.version());
    assertThat(Found.version(id.contentType() + "; more=1", "h", 1)).isEqualTo(id.version());
    assertThat(Found.version("text/plain", "\"h\"", 1)).isEqualTo(Found.version("", "h", 1));
    assertThat(Found.version("text/plain;raic-write=short", "h", 1).text()).isEqualTo("h-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "many", "99999999999999999999"})
  void anObjectWithoutALengthIsNotBelieved(String length) {
    assertThatThrownBy(() ->
            Found.of(
                ABOUT,
                ObjectKey.of("a"),
                name -> Optional.of(length).filter(_ -> name.equals("Content-Length"))))
        .isInstanceOf(BackendException.Corrupt.class);
  }

  private static Limits limits(String json) {
    return Limits.of(Json.read(ABOUT, json.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void serversTellWhatTheyCanDo() {
    var limits =
        limits(
            """
            {"swift": {"max_file_size": 1000000}, "slo": {"max_manifest_segments": 17},
             "bulk_delete": {}}\
            """);
    assertThat(limits).isEqualTo(new Limits(1_000_000, 17, true));
    assertThat(limits.parts().usual()).isEqualTo(1_000_000);
    assertThat(limits.objectBytes()).isEqualTo(17_000_000);
    assertThat(limits("{}").objectBytes()).isEqualTo(64 << 20);
    assertThat(limits("{\"slo\": {}}").segments()).isEqualTo(1000);
    assertThat(limits("[1]").segments()).isZero();
    assertThat(limits("{\"slo\": {\"max_manifest_segments\": -5}}").segments()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[1,", "<html>", "\0"})
  void whatIsNoJsonIsAFailureOfTheStore(String text) {
    assertThatThrownBy(() -> Json.read(ABOUT, text.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(BackendException.Unavailable.class);
  }

  @ParameterizedTest
  @CsvSource({
    "https://host/v1/AUTH_a, https://host/info",
    "https://host:8080/swift/v1, https://host:8080/swift/info",
    "https://host/other, https://host/info"
  })
  void theInformationIsBesideTheAccount(String storage, String information) {
    assertThat(Account.informationUrl(URI.create(storage))).hasToString(information);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "host", "ftp://host/v1", "http:///v1", "http://h/v1?q", "h ttp://h"})
  void anAddressOfTheStorageThatMakesNoSenseIsRefused(String url) {
    assertThatThrownBy(() -> Login.storage(ABOUT, URI.create("http://auth"), url))
        .isInstanceOf(BackendException.Unavailable.class);
  }

  @Test
  void aTokenIsNotSentInTheClearBecauseAServerSaysSo() {
    assertThatThrownBy(() -> Login.storage(ABOUT, URI.create("https://auth"), "http://h/v1"))
        .isInstanceOf(BackendException.AccessDenied.class);
  }
}
