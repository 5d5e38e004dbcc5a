package io.raic.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.raic.gateway.GatewayApplication;
import io.raic.gateway.access.NewToken;
import io.raic.gateway.access.Token;
import io.raic.gateway.access.Tokens;
import io.raic.gateway.state.Database;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What a gateway does that lets in who has a token, whatever its database. */
@ExtendWith(OutputCaptureExtension.class)
@SpringBootTest(
    classes = GatewayApplication.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = "raic.auth.mode=token")
abstract class TokenContract {
  private static final byte[] CONTENT = Client.bytes(1, 1000);
  private static final String AUTHORIZATION = "Authorization";
  private static final AtomicInteger NAMES = new AtomicInteger();

  @LocalServerPort private int port;
  @Autowired private Tokens tokens;
  @Autowired private Database database;
  private Client client = new Client(0);

  @BeforeEach
  void connect() {
    client = new Client(port);
  }

  private NewToken token(boolean readOnly, OptionalLong quota) {
    var rights = new Token.Rights(Optional.empty(), readOnly, quota);
    return tokens.create("test", "t" + NAMES.incrementAndGet(), rights);
  }

  private static String bearer(NewToken token) {
    return "Bearer " + token.reveal();
  }

  private long stored(NewToken token) {
    return tokens.byId(token.token().id()).orElseThrow().use().storedBytes();
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/",
    "GET,/uri/URI:LIT:",
    "HEAD,/file/URI:LIT:/x",
    "PUT,/uri",
    "POST,/uri?t=upload",
    "POST,/uri/URI:LIT:?t=check",
    "OPTIONS,/uri",
    "GET,/nothing",
    "GET,/error",
    "DELETE,/cap/x",
    "GET,/administrator",
    "GET,/named/URI:LIT:/a"
  })
  void nothingIsSaidWithoutAToken(String method, String path) {
    var answer = client.send(method, path, BodyPublishers.noBody());
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.headers().allValues("WWW-Authenticate"))
        .containsExactly("Bearer realm=\"raic\"", "Basic realm=\"raic\", charset=\"UTF-8\"");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/admin/../uri/URI:LIT:", "/admin/%2e%2e/uri/URI:LIT:", "/admin;x/../uri"})
  void noWayLeadsRoundTheDoor(String path) throws IOException {
    var received = Wire.exchange(port, Wire.head("GET " + path + " HTTP/1.1", "Connection: close"));
    assertThat(received.statusLine()).containsPattern(" 40[0-9] ");
    assertThat(received.text()).doesNotContain("LIT");
  }

  @Test
  void aTokenIsEnoughAsItIsAndAsAPassword() {
    var token = token(false, OptionalLong.empty());
    var cap = client.put("/uri", CONTENT, AUTHORIZATION, bearer(token)).text();
    assertThat(cap).startsWith("URI:CHK:");
    for (String user : List.of("", "anybody")) {
      String pair =
          Base64.getEncoder().encodeToString((user + ":" + token.reveal()).getBytes(UTF_8));
      var answer = client.get("/uri/" + cap, AUTHORIZATION, "Basic " + pair);
      assertThat(answer.body()).isEqualTo(CONTENT);
    }
    assertThat(client.get("/", AUTHORIZATION, "bearer  " + token.reveal()).status()).isEqualTo(200);
    assertThat(stored(token)).isEqualTo(CONTENT.length);
  }

  @Test
  void whatIsNoTokenIsRefused() {
    String secret = token(false, OptionalLong.empty()).reveal();
    String pair = Base64.getEncoder().encodeToString((secret + ":x").getBytes(UTF_8));
    for (String wrong :
        List.of(
            "Bearer",
            "Bearer x",
            secret,
            "Bearer " + secret + "x",
            "Digest " + secret,
            "Basic " + pair,
            "Basic !!",
            "Basic " + secret)) {
      assertThat(client.get("/", AUTHORIZATION, wrong).status()).describedAs(wrong).isEqualTo(401);
    }
  }

  @Test
  void aBodyIsNotAskedForFromWhoIsNotLetIn() throws IOException {
    try (var wire = Wire.to(port)) {
      wire.send(
          Wire.head("PUT /uri HTTP/1.1", "Content-Length: 1000000000", "Expect: 100-continue"));
      assertThat(wire.line()).startsWith("HTTP/1.1 401");
    }
    try (var wire = Wire.to(port)) {
      wire.send(Wire.head("PUT /uri HTTP/1.1", "Content-Length: 1000000000"));
      assertThat(wire.line()).startsWith("HTTP/1.1 401");
    }
  }

  @Test
  void whoSendsAllBeforeListeningHearsTheReason() {
    assertThat(client.put("/uri", Client.bytes(2, 5_000_000)).status()).isEqualTo(401);
  }

  @Test
  void aReadOnlyTokenReadsAndChecksAndNothingElse() {
    var writer = bearer(token(false, OptionalLong.empty()));
    var reader = bearer(token(true, OptionalLong.empty()));
    var cap = client.put("/uri", CONTENT, AUTHORIZATION, writer).text();
    assertThat(client.get("/uri/" + cap, AUTHORIZATION, reader).body()).isEqualTo(CONTENT);
    assertThat(client.head("/uri/" + cap, AUTHORIZATION, reader).status()).isEqualTo(200);
    String check = "/uri/" + cap + "?t=check";
    assertThat(client.post(check, AUTHORIZATION, reader).text()).startsWith("Healthy");
    var form = new Form().file(CONTENT);
    for (var refused :
        List.of(
            client.put("/uri", CONTENT, AUTHORIZATION, reader),
            client.put("/cap/", CONTENT, AUTHORIZATION, reader),
            client.post(
                "/uri?t=upload", form.body(), "Content-Type", Form.TYPE, AUTHORIZATION, reader),
            client.post(check + "&repair=true", AUTHORIZATION, reader),
            client.post(
                "/uri/" + cap,
                Client.ascii("t=check&repair=true"),
                "Content-Type",
                "application/x-www-form-urlencoded",
                AUTHORIZATION,
                reader))) {
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.text()).contains("is read-only");
    }
    assertThat(client.post(check + "&repair=true", AUTHORIZATION, writer).status()).isEqualTo(200);
  }

  @Test
  void aQuotaIsKeptBeforeBytesAreTaken() throws IOException {
    var token = token(false, OptionalLong.of(1500));
    assertThat(client.put("/uri", CONTENT, AUTHORIZATION, bearer(token)).status()).isEqualTo(200);
    try (var wire = Wire.to(port)) {
      wire.send(
          Wire.head(
              "PUT /uri HTTP/1.1",
              "Authorization: " + bearer(token),
              "Content-Length: 501",
              "Expect: 100-continue"));
      assertThat(wire.line()).startsWith("HTTP/1.1 507");
    }
    var refused = client.put("/uri", Client.bytes(3, 501), AUTHORIZATION, bearer(token));
    assertThat(refused.status()).isEqualTo(507);
    assertThat(refused.text())
        .contains("is 1.5 KiB: 1000 bytes are stored", "and 501 bytes do not fit");
    assertThat(stored(token)).isEqualTo(1000);
    var fits = client.put("/uri", Client.bytes(3, 500), AUTHORIZATION, bearer(token));
    assertThat(fits.status()).isEqualTo(200);
    assertThat(stored(token)).isEqualTo(1500);
  }

  @Test
  void anUploadOfUnknownLengthEndsWhereTheQuotaDoes() {
    var token = token(false, OptionalLong.of(2_000_000));
    for (String query : List.of("", "?random-key=true")) {
      byte[] much = Client.bytes(4, 3_000_000);
      var answer =
          client.send(
              "PUT",
              "/uri" + query,
              BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(much)),
              AUTHORIZATION,
              bearer(token));
      assertThat(answer.status()).isEqualTo(507);
    }
    var form = new Form().file(Client.bytes(5, 2_000_001));
    var posted =
        client.post(
            "/uri?t=upload", form.body(), "Content-Type", Form.TYPE, AUTHORIZATION, bearer(token));
    assertThat(posted.status()).isEqualTo(507);
    assertThat(stored(token)).isZero();
    byte[] all = Client.bytes(6, 2_000_000);
    var fits =
        client.send(
            "PUT",
            "/uri",
            BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(all)),
            AUTHORIZATION,
            bearer(token));
    assertThat(fits.status()).isEqualTo(200);
    assertThat(stored(token)).isEqualTo(2_000_000);
  }

  @Test
  void aLiteralStoresNothing() {
    var token = token(false, OptionalLong.of(100));
    for (int i = 0; i < 3; i++) {
      var answer = client.put("/uri", Client.bytes(i, 50), AUTHORIZATION, bearer(token));
      assertThat(answer.text()).startsWith("URI:LIT:");
    }
    assertThat(stored(token)).isZero();
  }

  @Test
  void aTokenIsInNoLogAndInTheDatabaseAsAHashOnly(CapturedOutput output) {
    var token = token(false, OptionalLong.of(10));
    String secret = token.reveal();
    client.put("/uri", CONTENT, AUTHORIZATION, bearer(token));
    client.get("/uri/" + secret, AUTHORIZATION, bearer(token));
    client.get("/?token=" + secret);
    client.get("/", AUTHORIZATION, "Basic " + secret);
    String core = secret.substring("raic_".length());
    assertThat(output.getAll().contains(core)).describedAs("a token is in the log").isFalse();
    for (String table : List.of("access_token", "access_reservation")) {
      var rows = database.sql().sql("select * from " + table).query().listOfRows();
      assertThat(rows.toString()).doesNotContain(core);
    }
  }
}
