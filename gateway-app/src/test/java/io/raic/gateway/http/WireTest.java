package io.raic.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes on the wire: status lines, requests that are none, clients that stop half-way. */
class WireTest extends GatewayTest {
  private static final String END = "\r\nHost: localhost\r\nConnection: close\r\n\r\n";
  private static final String ABSENT =
      "URI:CHK:aaaaaaaaaaaaaaaaaaaaaaaaaa:"
          + "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa:3:5:1000";

  @ParameterizedTest
  @CsvSource({
    "GET /uri/URI:LIT:nbswy3dp HTTP/1.1, 200 OK",
    "HEAD /uri/URI:LIT:nbswy3dp HTTP/1.1, 200 OK",
    "GET /uri?uri=URI:LIT:nbswy3dp HTTP/1.1, 302 Found",
    "GET /uri/nonsense HTTP/1.1, 400 Bad Request",
    "GET /uri/URI:CHK-Verifier:REST HTTP/1.1, 403 Forbidden",
    "GET /nothing HTTP/1.1, 404 Not Found",
    "DELETE /uri HTTP/1.1, 405 Method Not Allowed",
    "GET /uri/URI:CHK:REST HTTP/1.1, 410 Gone",
    "GET /uri/URI:DIR2-LIT: HTTP/1.1, 501 Not Implemented"
  })
  void statusLinesHaveTheirReasons(String request, String status) throws IOException {
    String rest = ABSENT.substring("URI:CHK:".length());
    var received = Wire.exchange(port(), request.replace("REST", rest) + END);
    assertThat(received.statusLine()).isEqualTo("HTTP/1.1 " + status);
  }

  @Test
  void aPartHasItsReasonToo() throws IOException {
    String get = "GET /uri/URI:LIT:nbswy3dp HTTP/1.1\r\nRange: bytes=%s" + END;
    assertThat(Wire.exchange(port(), get.formatted("0-1")).statusLine())
        .isEqualTo("HTTP/1.1 206 Partial Content");
    assertThat(Wire.exchange(port(), get.formatted("9-")).statusLine())
        .isEqualTo("HTTP/1.1 416 Range Not Satisfiable");
  }

  static String[] garbage() {
    return new String[] {
      "SECRET\r\n\r\n",
      "GET\r\n\r\n",
      "GET /uri/SECRET\r\n\r\n",
      "GET /uri/SECRET HTTP/9.9" + END,
      "GET /uri/SECRET NONSENSE" + END,
      "GET /uri/SECRET%2Fx HTTP/1.1" + END,
      "GET /uri/SECRET%5cx HTTP/1.1" + END,
      "GET /uri/%2e%2e/SECRET HTTP/1.1" + END,
      "GET /uri/x/../../SECRET/../../../x HTTP/1.1" + END,
      "GET //uri/SECRET HTTP/1.1" + END,
      "GET uri/SECRET HTTP/1.1" + END,
      "GET /uri/SECRET%00 HTTP/1.1" + END,
      "GET /uri/SECRET\u0001 HTTP/1.1" + END,
      "GET /uri/SECRET\u0000 HTTP/1.1" + END,
      "GET /uri/SECRET\u00e4 HTTP/1.1" + END,
      "GET /uri/SECRET%zz HTTP/1.1" + END,
      "GET /uri/SECRET%ff HTTP/1.1" + END,
      "GET /uri/SECRET%u0041 HTTP/1.1" + END,
      "GET /uri/SECRET%0d%0aX-Evil:1 HTTP/1.1" + END,
      "GET /uri/SECRET?t=%zz HTTP/1.1" + END,
      "GET /uri/SECRET HTTP/1.1\r\n\r\n",
      "GET /uri/SECRET HTTP/1.1\r\nHost: a:b:c\r\n\r\n",
      "GET /uri/SECRET HTTP/1.1\r\nNo colon" + END,
      "GET /uri/SECRET HTTP/1.1\r\nBad name : x" + END,
      "GET /uri/SECRET HTTP/1.1\r\nX: \u0000" + END,
      "GET /uri/SECRET HTTP/1.1\r\nContent-Length: x" + END,
      "GET /uri/SECRET HTTP/1.1\r\nContent-Length: -1" + END,
      "PUT /uri?SECRET HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2" + END + "ab",
      "PUT /uri?SECRET HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked" + END,
      "PUT /uri?SECRET HTTP/1.1\r\nTransfer-Encoding: nonsense" + END,
      "PUT /uri?SECRET HTTP/1.1\r\nTransfer-Encoding: chunked" + END + "zz\r\n\r\n",
      "PUT /uri?SECRET HTTP/1.1\r\nExpect: nonsense" + END,
      "CONNECT /uri/SECRET HTTP/1.1" + END,
      "TRACE /uri/SECRET HTTP/1.1" + END,
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nSECRET",
      "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001SECRET\r\n\r\n",
      "GET /uri/SECRET HTTP/1.1\r\nX: " + "x".repeat(200_000) + END,
      "GET /uri/SECRET" + "x".repeat(200_000) + " HTTP/1.1" + END
    };
  }

  @ParameterizedTest
  @MethodSource("garbage")
  void garbageIsAnsweredShortlyAndNotRepeated(String request) throws IOException {
    var received = Wire.exchange(port(), request.replace("SECRET", "URI:LIT:mrsxgzlqebzxk"));
    assertThat(received.statusLine()).matches("HTTP/1.1 (4\\d\\d|501|505) [A-Z].*");
    assertThat(received.head() + received.text())
        .doesNotContain("mrsxgzl", "<", "Exception", "at org.", "Evil", "Jetty");
    assertThat(received.header("Content-Type")).isEqualTo("text/plain;charset=utf-8");
    assertThat(received.text()).hasSizeLessThan(200).endsWith("\n");
  }

  @Test
  void theGatewayGoesOnAfterGarbage() throws IOException {
    for (String request : garbage()) {
      Wire.exchange(port(), request);
    }
    assertThat(client().get("/uri/URI:LIT:nbswy3dp").text()).isEqualTo("hello");
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.0", "HTTP/1.1"})
  void twoRequestsOfOneConnectionAreAnswered(String version) throws IOException {
    String request = "GET /uri/URI:LIT:nbswy3dp %s\r\nHost: localhost\r\nConnection: %s\r\n\r\n";
    try (var wire = Wire.to(port())) {
      wire.send(request.formatted(version, "keep-alive") + request.formatted(version, "close"));
      var received = wire.receive();
      assertThat(received.text()).startsWith("hello" + "HTTP/1.1 200 OK").endsWith("hello");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 5000",
        "Transfer-Encoding: chunked",
        "Content-Length: 5000\r\nContent-Type: application/x-www-form-urlencoded"
      })
  void anUploadThatEndsEarlyIsRefusedAndStoresNothing(String header) throws IOException {
    var shares = new ShareFiles(data());
    int before = shares.count();
    String start = header.startsWith("Transfer") ? "1388\r\n" : "";
    var received =
        Wire.exchange(port(), "PUT /uri HTTP/1.1\r\n" + header + END + start + "x".repeat(4999));
    assertThat(received.statusLine()).isEqualTo("HTTP/1.1 400 Bad Request");
    assertThat(received.text()).isEqualTo("the request's body broke off\n");
    assertThat(shares.count()).isEqualTo(before);
  }
}
