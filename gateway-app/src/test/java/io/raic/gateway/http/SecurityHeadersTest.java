package io.raic.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stored content is anybody's, and must not act in the name of the gateway. */
class SecurityHeadersTest extends GatewayTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /named/URI:LIT:nbswy3dp/evil.html HTTP/1.1\r\nHost: localhost",
        "HEAD /uri/URI:LIT:nbswy3dp?filename=evil.svg HTTP/1.1\r\nHost: localhost",
        "GET /uri/URI:LIT:nbswy3dp HTTP/1.1\r\nHost: localhost\r\nRange: bytes=1-2",
        "GET /uri/URI:LIT:nbswy3dp HTTP/1.1\r\nHost: localhost\r\nRange: bytes=99-",
        "GET /uri/URI:LIT:nbswy3dp?t=json HTTP/1.1\r\nHost: localhost",
        "GET /uri?uri=URI:LIT:nbswy3dp HTTP/1.1\r\nHost: localhost",
        "PUT /uri HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0",
        "POST /uri/URI:LIT:nbswy3dp?t=check HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0",
        "GET /uri/nonsense HTTP/1.1\r\nHost: localhost",
        "GET /nothing HTTP/1.1\r\nHost: localhost",
        "GET /error HTTP/1.1\r\nHost: localhost",
        "DELETE /uri HTTP/1.1\r\nHost: localhost",
        "OPTIONS /uri HTTP/1.1\r\nHost: localhost",
        "GET /uri/URI%2FLIT HTTP/1.1\r\nHost: localhost",
        "GET /uri/x HTTP/1.1",
        "GET /uri/x%00 HTTP/1.1\r\nHost: localhost",
        "nonsense"
      })
  void everyAnswerIsHarmless(String request) throws IOException {
    var received = Wire.exchange(port(), request + "\r\nConnection: close\r\n\r\n");
    assertThat(received.statusLine()).startsWith("HTTP/1.1 ");
    assertThat(received.header("Content-Security-Policy"))
        .startsWith("sandbox;")
        .contains("default-src 'none'", "frame-ancestors 'none'")
        .doesNotContain("allow-");
    assertThat(received.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(received.header("Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(received.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
    boolean isError = received.statusLine().matches("HTTP/1.1 (40|41[^6]|5).*");
    assertThat(received.header("Cache-Control")).isEqualTo(isError ? "no-store" : "private");
    assertThat(received.header("Server")).isEmpty();
  }
}
