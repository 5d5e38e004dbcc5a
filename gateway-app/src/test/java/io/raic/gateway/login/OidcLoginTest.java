package io.raic.gateway.login;

import static io.raic.gateway.login.Browser.location;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jwt.JWTClaimsSet;
import io.raic.gateway.audit.AuditLog;
import io.raic.gateway.audit.AuditRecord;
import io.raic.gateway.http.Scratch;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Logins with another provider, from the button to the dashboard. */
class OidcLoginTest {
  private static final FakeIdentityProvider PROVIDER = provider();
  private static final RunningGateway GATEWAY =
      RunningGateway.start(
          Scratch.directory("oidc"),
          "raic.admin.oidc.issuer=" + PROVIDER.issuer(),
          "raic.admin.oidc.client-id=" + FakeIdentityProvider.CLIENT,
          "raic.admin.oidc.client-secret=" + FakeIdentityProvider.SECRET,
          "raic.admin.oidc.roles.viewer=staff",
          "raic.admin.oidc.roles.admin=raic-admins,root");

  private static FakeIdentityProvider provider() {
    try {
      return new FakeIdentityProvider();
    } catch (IOException | JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterAll
  static void stop() {
    GATEWAY.close();
    PROVIDER.close();
  }

  @BeforeEach
  void alice() {
    PROVIDER.forged = false;
    PROVIDER.spoil = UnaryOperator.identity();
    comes("alice", "staff", "others");
  }

  private static void comes(String name, String... groups) {
    PROVIDER.claims = Map.of("preferred_username", name, "groups", List.of(groups));
  }

  /** Presses the button, and returns where the provider leads back to. */
  private static URI toProvider(Browser browser) {
    var start = browser.get("/admin/oidc/start/oidc");
    assertThat(start.statusCode()).isEqualTo(302);
    assertThat(location(start)).startsWith(PROVIDER.issuer() + "/authorize?");
    var back = new Browser(0).visit(URI.create(location(start)));
    assertThat(location(back)).contains("/admin/oidc/callback?code=");
    return URI.create(location(back));
  }

  private static HttpResponse<String> logIn(Browser browser) {
    return browser.visit(toProvider(browser));
  }

  private static AuditRecord last() {
    return GATEWAY.part(AuditLog.class).latest(1).getFirst();
  }

  @Test
  void theFormHasAButtonThatLeadsIn() {
    var browser = GATEWAY.browser();
    assertThat(browser.get("/admin/login").body()).contains("/admin/oidc/start/oidc");
    String before = String.valueOf(browser.cookies().get("__Host-raic"));

    assertThat(location(logIn(browser))).endsWith("/admin");
    assertThat(browser.get("/admin").body()).contains("alice", "viewer");
    assertThat(browser.cookies().get("__Host-raic")).isNotEqualTo(before);
    assertThat(browser.cookies()).doesNotContainKey("__Host-raic-oidc");
    assertThat(last().actor()).isEqualTo("oidc:alice (1234)");
    assertThat(browser.get("/admin/users").statusCode()).isEqualTo(403);

    browser.submit("/admin", "/admin/logout");
    assertThat(browser.get("/admin").statusCode()).isEqualTo(302);
  }

  /** What a user chooses passes neither for another nor for a user of the gateway. */
  @ParameterizedTest
  @CsvSource({
    "alice,alice (7)",
    "alice (1234),alice 1234 (7)",
    "'a\nb\u202Ec\u2028d','a b c d (7)'",
    "'( )',7"
  })
  void aNameIsInOneLineAndEndsWithTheSubject(String chosen, String shown) {
    assertThat(OidcLogin.name(Map.of("preferred_username", chosen, "sub", "7"))).isEqualTo(shown);
    assertThat(OidcLogin.name(Map.of("email", "x".repeat(9999), "sub", "7")))
        .isEqualTo("x".repeat(100) + " (7)");
    assertThat(new SignedIn("alice (7)", Role.VIEWER, false).getName()).isEqualTo("oidc:alice (7)");
  }

  @Test
  void theHighestRoleOfTheGroupsCounts() {
    comes("ada", "staff", "root");
    var browser = GATEWAY.browser();
    logIn(browser);
    assertThat(browser.get("/admin").body()).contains("ada", "admin");
    assertThat(browser.get("/admin/users/none").statusCode()).isEqualTo(404);
  }

  @Test
  void aUserOfNoGroupIsRefused() {
    comes("mallory", "others");
    var browser = GATEWAY.browser();
    assertThat(location(logIn(browser))).endsWith("sso=refused");
    assertThat(browser.get("/admin").statusCode()).isEqualTo(302);
    assertThat(last().actor()).isEqualTo("oidc:mallory (1234)");
    assertThat(last().outcome()).isEqualTo("refused");
  }

  /** A user of this gateway is somebody else, whatever the provider calls its own. */
  @Test
  void aNameOfTheProviderIsNoUserOfTheGateway() {
    GATEWAY.part(Users.class).add("test", "twin", Role.ADMIN, "correct horse battery");
    comes("twin", "staff");
    var browser = GATEWAY.browser();
    logIn(browser);
    assertThat(browser.get("/admin").body()).contains("twin", "viewer");
    assertThat(browser.get("/admin/users").statusCode()).isEqualTo(403);
  }

  @Test
  void whatBeganInOneBrowserDoesNotEndInAnother() {
    var back = toProvider(GATEWAY.browser());
    var victim = GATEWAY.browser();
    assertThat(location(victim.visit(back))).endsWith("sso=failed");
    toProvider(victim);
    assertThat(location(victim.visit(back))).endsWith("sso=failed");
    assertThat(victim.get("/admin").statusCode()).isEqualTo(302);
  }

  @Test
  void aCodeIsGoodOnce() {
    var browser = GATEWAY.browser();
    var back = toProvider(browser);
    var copy = browser.at(GATEWAY.port());
    assertThat(location(browser.visit(back))).endsWith("/admin");
    assertThat(location(copy.visit(back))).endsWith("sso=failed");
  }

  /** What may be wrong with a token. */
  enum Wrong {
    NONCE,
    ISSUER,
    AUDIENCE,
    EXPIRED,
    SIGNATURE;

    JWTClaimsSet.Builder spoil(JWTClaimsSet.Builder token) {
      return switch (this) {
        case NONCE -> token.claim("nonce", "another");
        case ISSUER -> token.issuer("https://example.org");
        case AUDIENCE -> token.audience("somebody-else");
        case EXPIRED -> token.claim("exp", 1000).claim("iat", 0);
        case SIGNATURE -> token;
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void aTokenThatIsWrongIsRefused(Wrong wrong) {
    PROVIDER.spoil = wrong::spoil;
    PROVIDER.forged = wrong == Wrong.SIGNATURE;
    var browser = GATEWAY.browser();
    assertThat(location(logIn(browser))).endsWith("sso=failed");
    assertThat(browser.get("/admin").statusCode()).isEqualTo(302);
  }

  @Test
  void noFirstUserIsMadeWhereAnotherProviderKnowsTheUsers() {
    assertThat(GATEWAY.part(Users.class).find(Users.FIRST)).isEmpty();
  }
}
