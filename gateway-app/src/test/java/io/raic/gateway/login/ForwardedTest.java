package io.raic.gateway.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.raic.gateway.audit.AuditLog;
import io.raic.gateway.http.Scratch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In a cluster, too, an address is that of the connection, whatever a client says. */
class ForwardedTest {
  @ParameterizedTest
  @CsvSource({
    "X-Forwarded-For, 203.0.113.7",
    "Forwarded, for=203.0.113.7;host=evil.example;proto=https",
  })
  void whatAClientSaysOfItsAddressIsNotBelieved(String header, String value) {
    var data = Scratch.directory("forwarded");
    try (var gateway = RunningGateway.start(data, "spring.main.cloud-platform=kubernetes")) {
      var browser = gateway.browser();
      browser.always(header, value);
      assertThat(browser.logIn("nobody", "wrong").statusCode()).isEqualTo(401);
      assertThat(gateway.part(AuditLog.class).latest(1).getFirst().toString())
          .contains("127.0.0.1")
          .doesNotContain("203.0.113.7");
    }
  }
}
