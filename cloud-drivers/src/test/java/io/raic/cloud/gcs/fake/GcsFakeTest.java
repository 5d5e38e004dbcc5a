package io.raic.cloud.gcs.fake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the fake refuses, request by request, where no client would send such a thing. */
class GcsFakeTest {
  private static final int UNIT = Session.UNIT_BYTES;

  private final GcsFake fake = GcsFake.start();
  private final HttpClient client = HttpClient.newHttpClient();
  private final String token = fake.tokens().issue();

  GcsFakeTest() {
    fake.createBucket("bucket");
  }

  @AfterEach
  void stop() {
    client.close();
    fake.close();
  }

  private HttpResponse<String> send(String method, String address, byte[] body, String... headers) {
    var url = address.startsWith("http") ? address : fake.endpoint() + address;
    var request =
        HttpRequest.newBuilder(URI.create(url)).method(method, BodyPublishers.ofByteArray(body));
    request.header("Authorization", "Bearer " + token);
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      throw new AssertionError("not awaited", e);
    }
  }

  private HttpResponse<String> put(String name, String query, String text) {
    return send(
        "POST",
        "/upload/storage/v1/b/bucket/o?uploadType=media&name=" + name + query,
        text.getBytes(StandardCharsets.UTF_8));
  }

  private String begin(String query) {
    var answer =
        send("POST", "/upload/storage/v1/b/bucket/o?uploadType=resumable&name=r" + query, bytes(0));
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.headers().firstValue("Location").orElseThrow();
  }

  private static byte[] bytes(int count) {
    return new byte[count];
  }

  private int part(String session, String range, int count) {
    return send("PUT", session, bytes(count), "Content-Range", "bytes " + range).statusCode();
  }

  @Test
  void aPieceThatIsNoMultipleOf256KibIsRefused() {
    var session = begin("");
    assertThat(part(session, "0-%d/*".formatted(UNIT), UNIT + 1)).isEqualTo(400);
    assertThat(part(session, "0-%d/*".formatted(UNIT - 1), UNIT)).isEqualTo(308);
    assertThat(part(session, "%d-%d/%d".formatted(UNIT, UNIT, UNIT + 1), 1)).isEqualTo(200);
    assertThat(fake.openSessions()).isZero();
  }

  @Test
  void aPieceAfterAGapIsRefusedAndOneThatOverlapsIsPassedOver() {
    var session = begin("");
    assertThat(part(session, "%d-%d/*".formatted(UNIT, 2 * UNIT - 1), UNIT)).isEqualTo(503);
    assertThat(part(session, "0-%d/*".formatted(2 * UNIT - 1), 2 * UNIT)).isEqualTo(308);
    assertThat(part(session, "0-%d/*".formatted(UNIT - 1), UNIT)).isEqualTo(308);
    var question = send("PUT", session, bytes(0), "Content-Range", "bytes */*");
    assertThat(question.statusCode()).isEqualTo(308);
    assertThat(question.headers().firstValue("Range")).contains("bytes=0-" + (2 * UNIT - 1));
  }

  @Test
  void aTotalThatIsNotTheOneAnnouncedIsRefused() {
    var answer =
        send(
            "POST",
            "/upload/storage/v1/b/bucket/o?uploadType=resumable&name=r",
            bytes(0),
            "X-Upload-Content-Length",
            "10");
    var session = answer.headers().firstValue("Location").orElseThrow();
    assertThat(part(session, "0-8/9", 9)).isEqualTo(400);
    assertThat(part(session, "0-8/10", 10)).isEqualTo(400);
    assertThat(part(session, "nonsense", 10)).isEqualTo(400);
    assertThat(part(session, "0-9/10", 10)).isEqualTo(200);
  }

  @Test
  void aSessionThatWasGivenUpOrHasEndedTakesNothing() {
    var cancelled = begin("");
    assertThat(send("DELETE", cancelled, bytes(0)).statusCode()).isEqualTo(499);
    assertThat(part(cancelled, "0-0/1", 1)).isEqualTo(499);
    var expired = begin("");
    fake.expireSessions();
    assertThat(part(expired, "0-0/1", 1)).isEqualTo(410);
    assertThat(part(expired + "0", "0-0/1", 1)).isEqualTo(404);
  }

  @Test
  void aSessionChecksItsPreconditionAndItsChecksumAtTheEnd() {
    var first = begin("&ifGenerationMatch=0");
    var wrong = begin("&ifGenerationMatch=0");
    var second = begin("&ifGenerationMatch=0");
    var answer =
        send(
            "PUT",
            wrong,
            bytes(1),
            "Content-Range",
            "bytes 0-0/1",
            "X-Goog-Hash",
            "crc32c=AAAAAA==");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(part(first, "0-0/1", 1)).isEqualTo(200);
    assertThat(part(second, "0-0/1", 1)).isEqualTo(412);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "name=",
        "name=a%0Ab",
        "name=..",
        "name=ok&ifGenerationMatch=x",
        "name=ok&ifGenerationMatch=0&ifGenerationNotMatch=0"
      })
  void whatMakesNoSenseIsRefused(String query) {
    var answer = send("POST", "/upload/storage/v1/b/bucket/o?uploadType=media&" + query, bytes(1));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("\"reason\":");
  }

  @Test
  void aReaderWhoKnowsTheVersionIsToldSo() {
    String body = put("o", "", "text").body();
    String generation = body.replaceAll("(?s).*\"generation\":\"(\\d+)\".*", "$1");
    var known = "/storage/v1/b/bucket/o/o?ifGenerationNotMatch=" + generation;
    assertThat(send("GET", known, bytes(0)).statusCode()).isEqualTo(304);
    var other = "/download/storage/v1/b/bucket/o/o?alt=media&ifGenerationMatch=1";
    assertThat(send("GET", other, bytes(0)).statusCode()).isEqualTo(412);
    assertThat(put("o", "&ifGenerationNotMatch=" + generation, "x").statusCode()).isEqualTo(412);
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-1, 206, te",
    "bytes=2-, 206, xt",
    "bytes=-1, 206, t",
    "bytes=-9, 206, text",
    "bytes=3-99, 206, t",
    "lines=1-2, 200, text"
  })
  void rangesAreKept(String range, int status, String expected) {
    put("o", "", "text");
    var answer =
        send("GET", "/download/storage/v1/b/bucket/o/o?alt=media", bytes(0), "Range", range);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "name, 200, '{\"name\":\"o\"}'",
    "'name,size', 200, '{\"name\":\"o\",\"size\":\"4\"}'",
    "metadata/a, 200, {}",
    "nonsense, 400, nonsense",
    "name(, 400, name("
  })
  void onlyTheFieldsAskedForAreSent(String fields, int status, String expected) {
    put("o", "", "text");
    var answer = send("GET", "/storage/v1/b/bucket/o/o?fields=" + fields, bytes(0));
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).contains(expected);
  }

  @Test
  void aPackedBodyIsUnpackedUpToABound() throws IOException {
    var json = "{\"name\": \"packed-bucket\"}";
    assertThat(
            send("POST", "/storage/v1/b?project=p", packed(json), "Content-Encoding", "gzip")
                .statusCode())
        .isEqualTo(200);
    var bomb = packed(" ".repeat(2 << 20));
    assertThat(
            send("POST", "/storage/v1/b?project=p", bomb, "Content-Encoding", "gzip").statusCode())
        .isEqualTo(413);
    assertThat(
            send("POST", "/storage/v1/b?project=p", bytes(9), "Content-Encoding", "gzip")
                .statusCode())
        .isEqualTo(400);
  }

  private static byte[] packed(String text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }
}
