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

/** The dashboard's door, as a browser sees it. */
class LoginTest {
  private static final String PASSWORD = "correct horse battery";
  private static final String COOKIE = "__Host-raic";

  private static final RunningGateway GATEWAY = RunningGateway.start(Scratch.directory("login"));

  @BeforeAll
  static void addUser() {
    users().add("test", "victor", Role.VIEWER, PASSWORD);
  }

  @AfterAll
  static void stop() {
    GATEWAY.close();
  }

  private static Users users() {
    return GATEWAY.part(Users.class);
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
  void aPageShowsWhoLoggedIn() {
    var page = loggedIn("victor").get("/admin");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("victor", "viewer", "Log out");
  }

  @Test
  void theCookieCannotBeReadOrLeak() {
    var browser = GATEWAY.browser();
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
    var browser = GATEWAY.browser();
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
    var browser = GATEWAY.browser();
    var answer = browser.logIn(name, password);
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).contains("The name or the password is wrong.");
    assertThat(isIn(browser)).isFalse();
  }

  @Test
  void guessingIsSlowedDownAndDoesNotFillTheAuditLog() {
    users().add("test", "guessed", Role.VIEWER, PASSWORD);
    var browser = GATEWAY.browser();
    HttpResponse<String> answer;
    int attempts = 0;
    do {
      answer = browser.logIn("guessed", "wrong " + attempts++);
    } while (answer.statusCode() == 401 && attempts < 15);

    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().firstValue("Retry-After").orElse("")).matches("[1-9][0-9]?");
    assertThat(GATEWAY.part(AuditLog.class).latest(200))
        .filteredOn(record -> record.actor().equals("guessed"))
        .hasSize(attempts - 1);
  }

  @Test
  void aCodeIsAskedForAndGoodOnce() {
    users().add("test", "coder", Role.VIEWER, PASSWORD);
    String address = users().enableCodes("test", "coder");
    String secret = address.replaceFirst(".*secret=([A-Z2-7]+).*", "$1");
    var browser = GATEWAY.browser();
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

    var again = GATEWAY.browser();
    again.logIn("coder", PASSWORD);
    assertThat(again.submit("/admin/login/code", "/admin/login/code", "code", code))
        .extracting(HttpResponse::statusCode)
        .isEqualTo(401);
    assertThat(isIn(again)).isFalse();
  }

  private static Instant now() {
    return GATEWAY.part(InstantSource.class).instant();
  }

  @Test
  void aPasswordThatSomebodyElseMadeHasToBeChanged() {
    String given = users().add("test", "newcomer", Role.OPERATOR);
    String chosen = "a password of my own";
    var browser = GATEWAY.browser();
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
    assertThat(GATEWAY.browser().logIn("newcomer", given).statusCode()).isEqualTo(401);
    assertThat(location(GATEWAY.browser().logIn("newcomer", chosen))).endsWith("/admin");
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
    GATEWAY.browser().logIn("seen", "wrong");
    GATEWAY.browser().logIn("typed by mistake", "wrong");
    assertThat(GATEWAY.part(AuditLog.class).latest(5))
        .extracting(r -> "%s %s %s".formatted(r.actor(), r.action(), r.outcome()))
        .containsExactly(
            "unknown login refused",
            "seen login refused",
            "seen logout done",
            "seen login done",
            "test user.add done");
    assertThat(GATEWAY.part(AuditLog.class).latest(200).toString())
        .doesNotContain(PASSWORD, "typed by mistake");
  }
}
