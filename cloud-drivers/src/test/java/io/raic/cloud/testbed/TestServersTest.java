package io.raic.cloud.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** Each server answers, asks who is there, and ends with whoever started it. */
class TestServersTest {
  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request.timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofString());
    }
  }

  private static HttpRequest.Builder to(URI url) {
    return HttpRequest.newBuilder(url);
  }

  private static URI below(URI url, String path) {
    return URI.create(url + path);
  }

  @Test
  void s3ProxyAsksForASignatureAndEndsWhenItIsClosed() throws Exception {
    var server = S3ProxyServer.start();
    var bucket = below(server.endpoint(), "/" + server.bucket());
    try (server) {
      assertThat(send(to(bucket)).statusCode()).isEqualTo(403);
      var other = S3ProxyServer.shared();
      assertThat(other.endpoint()).isNotEqualTo(server.endpoint());
    }
    assertThatThrownBy(() -> send(to(bucket))).isInstanceOf(ConnectException.class);
  }

  @Test
  void radosGatewayHasTheBucket() throws Exception {
    var server = RadosGatewayServer.shared();
    assertThat(send(to(below(server.endpoint(), "/" + server.bucket()))).statusCode())
        .isEqualTo(403);
    var login =
        send(
            to(server.swiftAuthUrl())
                .header("X-Auth-User", server.swiftUser())
                .header("X-Auth-Key", server.secretKey()));
    assertContainerIsThere(login, "X-Storage-Url", "X-Auth-Token", server.bucket());
  }

  private static void assertContainerIsThere(
      HttpResponse<String> login, String url, String token, String container) throws Exception {
    var headers = login.headers();
    var there =
        send(
            to(URI.create(headers.firstValue(url).orElseThrow() + "/" + container))
                .header("X-Auth-Token", headers.firstValue(token).orElseThrow()));
    assertThat(there.statusCode()).isIn(200, 204);
  }

  @Test
  void azuriteAsksForASignature() throws Exception {
    var server = AzuriteServer.shared();
    var list = below(server.endpoint(), "/" + server.container() + "?restype=container&comp=list");
    assertThat(send(to(list)).statusCode()).isEqualTo(403);
    server.createContainer("another");
    assertThatThrownBy(() -> server.createContainer("another")).hasMessageContaining("409");
  }

  @Test
  void swiftTakesATokenOfTempAuthUntilItIsForgotten() throws Exception {
    var server = SwiftServer.tempAuth();
    var login =
        send(
            to(server.authUrl())
                .header("X-Auth-User", server.user())
                .header("X-Auth-Key", server.key()));
    assertContainerIsThere(login, "X-Storage-Url", "X-Auth-Token", server.container());
    server.forgetTokens();
    var url = URI.create(login.headers().firstValue("X-Storage-Url").orElseThrow());
    var token = login.headers().firstValue("X-Auth-Token").orElseThrow();
    assertThat(send(to(url).header("X-Auth-Token", token)).statusCode()).isEqualTo(401);
  }

  @Test
  void keystoneTakesAPasswordAndAnApplicationCredentialUntilTheirTokensAreForgotten()
      throws Exception {
    var server = SwiftServer.keystone();
    var password =
        """
        {"auth": {"identity": {"methods": ["password"], "password": {"user":
          {"name": "%s", "domain": {"name": "%s"}, "password": "%s"}}}}}\
        """
            .formatted(server.keystoneUser(), server.keystoneDomain(), server.keystonePassword());
    var credential =
        """
        {"auth": {"identity": {"methods": ["application_credential"],
          "application_credential": {"id": "%s", "secret": "%s"}}}}\
        """
            .formatted(server.credentialId(), server.credentialSecret());
    assertThat(logIn(server, password).statusCode()).isEqualTo(201);
    var login = logIn(server, credential);
    assertThat(login.body()).contains("RegionOne", "RegionTwo");
    var token = login.headers().firstValue("X-Subject-Token").orElseThrow();
    assertThat(tokenStatus(server, token)).isEqualTo(200);
    server.forgetTokens();
    assertThat(tokenStatus(server, token)).isIn(401, 404);
    assertThat(logIn(server, credential).statusCode()).isEqualTo(201);
  }

  private static HttpResponse<String> logIn(SwiftServer server, String body) throws Exception {
    return send(
        to(below(server.keystoneUrl(), "/auth/tokens"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  private static int tokenStatus(SwiftServer server, String token) throws Exception {
    return send(to(below(server.keystoneUrl(), "/auth/tokens"))
            .header("X-Auth-Token", token)
            .header("X-Subject-Token", token))
        .statusCode();
  }

  private static String absent() {
    throw new ServerAbsent("no such program");
  }

  @Test
  void anAbsentServerSkipsATestAndFailsItWhereNothingMayBeSkipped() {
    assertThatThrownBy(() -> Presence.require(TestServersTest::absent, false))
        .isInstanceOf(TestAbortedException.class)
        .hasMessageContaining("no such program");
    assertThatThrownBy(() -> Presence.require(TestServersTest::absent, true))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("no such program");
  }

  @Test
  void aServerThatBreaksTellsTheEndOfItsLog() {
    var settings = Map.of("S3_BUCKET", "a", "S3_ACCESS_KEY", "", "S3_SECRET_KEY", "", "JAVA", "/");
    assertThatThrownBy(() -> TestServer.start("s3proxy", 1, settings))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("does not come up");
  }
}
