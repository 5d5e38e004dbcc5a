package io.raic.gateway.login;

import static io.raic.gateway.login.Browser.location;
import static org.assertj.core.api.Assertions.assertThat;

import io.raic.gateway.audit.AuditLog;
import io.raic.gateway.http.Scratch;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The dashboard's door, as a browser sees it. */
class LoginTest {
  private static final String PASSWORD = "correct horse battery";
  private static final String COOKIE = "__Host-raic";

  private static RunningGateway gateway = startGateway();

  private static RunningGateway startGateway() {
    return RunningGateway.start(Scratch.directory("login"));
  }

  @BeforeAll
  static void addUsers() {
    var users = users();
    users.add("test", "victor", Role.VIEWER, PASSWORD);
    users.add("test", "olga", Role.OPERATOR, PASSWORD);
    users.add("test", "ada", Role.ADMIN, PASSWORD);
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static Users users() {
    return gateway.part(Users.class);
  }

  private static Browser loggedIn(String name) {
    var browser = gateway.browser();
    assertThat(location(browser.logIn(name, PASSWORD))).endsWith("/admin");
    return browser;
  }

  private static boolean isIn(Browser browser) {
    return browser.get("/admin").statusCode() == 200;
  }

  @Test
  void whoHasNotLoggedInIsLedToTheForm() {
    var answer = gateway.browser().get("/admin");
    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(location(answer)).endsWith("/admin/login");
    assertThat(gateway.browser().post("/admin/actions/x").statusCode()).isEqualTo(403);
  }

  @Test
  void aPageShowsWhoLoggedIn() {
    var page = loggedIn("victor").get("/admin");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("victor", "viewer", "Log out");
  }

  @Test
  void theCookieCannotBeReadOrLeak() {
    var browser = gateway.browser();
    String token = browser.token("/admin/login");
    var answer =
        browser.post("/admin/login", "_csrf", token, "name", "victor", "password", PASSWORD);
    assertThat(answer.headers().allValues("Set-Cookie"))
        .singleElement()
        .asString()
        .matches("__Host-raic=[A-Za-z0-9_-]{43}; Path=/; Secure; HttpOnly; SameSite=Lax");
  }

  @Test
  void aLoginMakesANewSession() {
    var browser = gateway.browser();
    browser.get("/admin/login");
    String before = String.valueOf(browser.cookies().get(COOKIE));
    browser.logIn("victor", PASSWORD);
    String first = String.valueOf(browser.cookies().get(COOKIE));
    assertThat(first).isNotEqualTo(before);

    browser.logIn("victor", PASSWORD);
    assertThat(browser.cookies().get(COOKIE)).isNotEqualTo(first);
    browser.cookies().put(COOKIE, first);
    assertThat(isIn(browser)).isFalse();
    browser.cookies().put(COOKIE, before);
    assertThat(isIn(browser)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"victor, wrong", "nobody, wrong", "'', ''", "'\0', x", "VICTOR, " + PASSWORD})
  void aWrongNameOrPasswordIsRefusedInTheSameWords(String name, String password) {
    var browser = gateway.browser();
    var answer = browser.logIn(name, password);
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).contains("The name or the password is wrong.");
    assertThat(isIn(browser)).isFalse();
  }

  @Test
  void aFormWithoutTheTokenIsRefused() {
    var browser = gateway.browser();
    browser.get("/admin/login");
    String[] right = {"name", "victor", "password", PASSWORD};
    assertThat(browser.post("/admin/login", right).statusCode()).isEqualTo(403);
    assertThat(isIn(browser)).isFalse();

    var other = loggedIn("victor");
    assertThat(other.post("/admin/logout").statusCode()).isEqualTo(403);
    assertThat(other.post("/admin/logout", "_csrf", gateway.browser().token("/admin/login")))
        .extracting(HttpResponse::statusCode)
        .isEqualTo(403);
    assertThat(isIn(other)).isTrue();
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
  void guessingIsSlowedDownAndDoesNotFillTheAuditLog() {
    users().add("test", "guessed", Role.VIEWER, PASSWORD);
    var browser = gateway.browser();
    HttpResponse<String> answer;
    int attempts = 0;
    do {
      answer = browser.logIn("guessed", "wrong " + attempts++);
    } while (answer.statusCode() == 401 && attempts < 15);

    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().firstValue("Retry-After").orElse("")).matches("[1-9][0-9]?");
    assertThat(gateway.part(AuditLog.class).latest(200))
        .filteredOn(record -> record.actor().equals("guessed"))
        .hasSize(attempts - 1);
  }

  @Test
  void aCodeIsAskedForAndGoodOnce() {
    users().add("test", "coder", Role.VIEWER, PASSWORD);
    String address = users().enableCodes("test", "coder");
    String secret = address.replaceFirst(".*secret=([A-Z2-7]+).*", "$1");
    var browser = gateway.browser();
    assertThat(location(browser.logIn("coder", PASSWORD))).endsWith("/admin/login/code");
    assertThat(location(browser.get("/admin"))).endsWith("/admin/login/code");
    assertThat(browser.post("/admin/logout", "_csrf", browser.token("/admin/login/code")))
        .extracting(HttpResponse::statusCode)
        .isEqualTo(302);

    browser.logIn("coder", PASSWORD);
    var wrong = browser.submit("/admin/login/code", "/admin/login/code", "code", "12345");
    assertThat(wrong.statusCode()).isEqualTo(401);
    String code = TimeCodes.code(secret, now());
    var right = browser.submit("/admin/login/code", "/admin/login/code", "code", code);
    assertThat(location(right)).endsWith("/admin");
    assertThat(isIn(browser)).isTrue();

    var again = gateway.browser();
    again.logIn("coder", PASSWORD);
    assertThat(again.submit("/admin/login/code", "/admin/login/code", "code", code))
        .extracting(HttpResponse::statusCode)
        .isEqualTo(401);
    assertThat(isIn(again)).isFalse();
  }

  private static Instant now() {
    return gateway.part(InstantSource.class).instant();
  }

  @Test
  void aPasswordThatSomebodyElseMadeHasToBeChanged() {
    String given = users().add("test", "newcomer", Role.OPERATOR);
    String chosen = "a password of my own";
    var browser = gateway.browser();
    String page = "/admin/login/password";
    assertThat(location(browser.logIn("newcomer", given))).endsWith(page);
    assertThat(location(browser.get("/admin"))).endsWith(page);

    assertThat(changed(browser, given, "short", "short")).isEqualTo(400);
    assertThat(changed(browser, given, chosen, chosen + "x")).isEqualTo(400);
    assertThat(changed(browser, given, given, given)).isEqualTo(400);
    assertThat(changed(browser, "wrong", chosen, chosen)).isEqualTo(401);
    assertThat(isIn(browser)).isFalse();
    assertThat(changed(browser, given, chosen, chosen)).isEqualTo(302);
    assertThat(isIn(browser)).isTrue();
    assertThat(gateway.browser().logIn("newcomer", given).statusCode()).isEqualTo(401);
    assertThat(location(gateway.browser().logIn("newcomer", chosen))).endsWith("/admin");
  }

  private static int changed(Browser browser, String current, String password, String repeated) {
    String page = "/admin/login/password";
    return browser
        .submit(page, page, "current", current, "password", password, "repeated", repeated)
        .statusCode();
  }

  @Test
  void aChangeOfTheUserEndsTheSessions() {
    users().add("test", "moved", Role.VIEWER, PASSWORD);
    var browser = loggedIn("moved");
    users().setRole("test", "moved", Role.OPERATOR);
    assertThat(isIn(browser)).isFalse();

    browser = loggedIn("moved");
    assertThat(browser.get("/admin").body()).contains("operator");
    users().remove("test", "moved");
    assertThat(isIn(browser)).isFalse();
  }

  @Test
  void whatIsDoneIsInTheAuditLog() {
    users().add("test", "seen", Role.VIEWER, PASSWORD);
    var browser = loggedIn("seen");
    browser.submit("/admin", "/admin/logout");
    gateway.browser().logIn("seen", "wrong");
    gateway.browser().logIn("typed by mistake", "wrong");
    assertThat(gateway.part(AuditLog.class).latest(5))
        .extracting(r -> "%s %s %s".formatted(r.actor(), r.action(), r.outcome()))
        .containsExactly(
            "unknown login refused",
            "seen login refused",
            "seen logout done",
            "seen login done",
            "test user.add done");
    assertThat(gateway.part(AuditLog.class).latest(200).toString())
        .doesNotContain(PASSWORD, "typed by mistake");
  }

  @Test
  void pagesMayLoadTheirOwnOnly() {
    for (String path : new String[] {"/admin", "/admin/login", "/admin/login/style.css"}) {
      var headers = gateway.browser().get(path).headers();
      assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
          .startsWith("default-src 'none'; script-src 'self';")
          .contains("frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'")
          .doesNotContain("unsafe");
      assertThat(headers.firstValue("Cross-Origin-Opener-Policy")).contains("same-origin");
      assertThat(headers.firstValue("Cache-Control").orElse("")).startsWith("no-");
      assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
    }
    assertThat(gateway.browser().get("/admin/login/style.css").body()).contains("body {");
    assertThat(gateway.browser().get("/admin/login").body())
        .doesNotContain("<script", "style=", "onclick");
  }

  @Test
  void pagesOfOtherSitesCannotLogIn() {
    var browser = gateway.browser();
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
    var answer = gateway.browser().get(path);
    assertThat(answer.body()).doesNotContain("Log out");
    assertThat(answer.statusCode()).isNotEqualTo(200).isLessThan(500);
  }
}
