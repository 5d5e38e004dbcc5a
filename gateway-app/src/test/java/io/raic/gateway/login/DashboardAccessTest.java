package io.raic.gateway.login;

import static io.raic.gateway.login.Browser.location;
import static org.assertj.core.api.Assertions.assertThat;

import io.raic.gateway.http.Scratch;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What may be asked of the dashboard by whom, and that files have nothing to do with it. */
@ExtendWith(OutputCaptureExtension.class)
class DashboardAccessTest {
  private static final String PASSWORD = "correct horse battery";
  private static final String COOKIE = "__Host-raic";
  private static final RunningGateway GATEWAY = RunningGateway.start(Scratch.directory("access"));

  @BeforeAll
  static void addUsers() {
    var users = GATEWAY.part(Users.class);
    users.add("test", "victor", Role.VIEWER, PASSWORD);
    users.add("test", "olga", Role.OPERATOR, PASSWORD);
    users.add("test", "ada", Role.ADMIN, PASSWORD);
  }

  @AfterAll
  static void stop() {
    GATEWAY.close();
  }

  private static Browser loggedIn(String name) {
    var browser = GATEWAY.browser();
    assertThat(location(browser.logIn(name, PASSWORD))).endsWith("/admin");
    return browser;
  }

  private static boolean isIn(Browser browser) {
    return browser.get("/admin").statusCode() == 200;
  }

  @Test
  void aFormWithoutTheTokenIsRefused() {
    var browser = GATEWAY.browser();
    browser.get("/admin/login");
    String[] right = {"name", "victor", "password", PASSWORD};
    assertThat(browser.post("/admin/login", right).statusCode()).isEqualTo(403);
    assertThat(isIn(browser)).isFalse();

    var other = loggedIn("victor");
    assertThat(other.post("/admin/logout").statusCode()).isEqualTo(403);
    assertThat(other.post("/admin/logout", "_csrf", GATEWAY.browser().token("/admin/login")))
        .extracting(HttpResponse::statusCode)
        .isEqualTo(403);
    assertThat(isIn(other)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/admin/events", "/admin/audit"})
  void aPlaceInALogThatIsNoneIsRefusedAndNotRepeated(String log, CapturedOutput output) {
    var answer = loggedIn("victor").get(log + "?before=nowhere");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body() + output.getAll()).doesNotContain("nowhere");
  }

  @Test
  void theTokenMayBeAHeader() {
    var browser = loggedIn("victor");
    String token = browser.token("/admin");
    assertThat(browser.postWith("X-CSRF-TOKEN", token, "/admin/logout").statusCode())
        .isEqualTo(302);
    assertThat(isIn(browser)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "victor, GET, /admin/users, 403",
    "victor, GET, /admin/tokens/x, 403",
    "victor, POST, /admin/actions/x, 403",
    "victor, POST, /admin/anything, 403",
    "olga, GET, /admin/users/x, 403",
    "olga, POST, /admin/tokens, 403",
    "olga, POST, /admin/anything, 403",
    "olga, POST, /admin/actions/none, 404",
    "ada, GET, /admin/users/none, 404",
    "ada, POST, /admin/actions/none, 404",
    "ada, POST, /admin/anything, 403"
  })
  void aRoleAllowsWhatItShould(String name, String method, String path, int status) {
    var browser = loggedIn(name);
    String token = browser.token("/admin");
    var answer = method.equals("GET") ? browser.get(path) : browser.post(path, "_csrf", token);
    assertThat(answer.statusCode()).isEqualTo(status);
  }

  @Test
  void pagesMayLoadTheirOwnOnly() {
    for (String path : new String[] {"/admin", "/admin/login", "/admin/login/style.css"}) {
      var headers = GATEWAY.browser().get(path).headers();
      assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
          .startsWith("default-src 'none'; script-src 'self';")
          .contains("frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'")
          .doesNotContain("unsafe");
      assertThat(headers.firstValue("Cross-Origin-Opener-Policy")).contains("same-origin");
      assertThat(headers.firstValue("Cache-Control").orElse("")).startsWith("no-");
      assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
    }
    assertThat(GATEWAY.browser().get("/admin/login/style.css").body()).contains("body {");
    assertThat(GATEWAY.browser().get("/admin/login").body())
        .doesNotContain("<script", "style=", "onclick");
  }

  @Test
  void pagesOfOtherSitesCannotLogIn() {
    var browser = GATEWAY.browser();
    String token = browser.token("/admin/login");
    assertThat(browser.postWith("Sec-Fetch-Site", "cross-site", "/admin/login?_csrf=" + token))
        .extracting(HttpResponse::statusCode)
        .isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/named/URI:LIT:nbswy3dp/a;b=c",
        "/named/URI:LIT:nbswy3dp/admin",
        "/uri/URI:LIT:nbswy3dp?filename=a%2Fb"
      })
  void filesAreReadAsIfThereWereNoDashboard(String path) {
    var browser = loggedIn("ada");
    String before = String.valueOf(browser.cookies().get(COOKIE));
    var answer = browser.get(path);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("hello");
    assertThat(answer.headers().allValues("Set-Cookie")).isEmpty();
    assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
        .startsWith("sandbox;");
    assertThat(browser.cookies().get(COOKIE)).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//admin",
        "/admin;a=b",
        "/;/admin",
        "/%61dmin",
        "/admin%2F",
        "/admin/",
        "/x/../admin",
        "/x/%2e%2e/admin",
        "/admin/./",
        "/admin//users",
        "/ADMIN"
      })
  void noOtherSpellingLeadsIn(String path) {
    var answer = GATEWAY.browser().get(path);
    assertThat(answer.body()).doesNotContain("Log out");
    assertThat(answer.statusCode()).isNotEqualTo(200).isLessThan(500);
  }

  @Test
  void whoHasNotLoggedInIsLedToTheForm() {
    var answer = GATEWAY.browser().get("/admin");
    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(location(answer)).endsWith("/admin/login");
    assertThat(GATEWAY.browser().post("/admin/actions/x").statusCode()).isEqualTo(403);
  }
}
