package io.raic.gateway.login;

import static io.raic.gateway.login.Browser.location;
import static org.assertj.core.api.Assertions.assertThat;

import io.raic.gateway.audit.AuditLog;
import io.raic.gateway.audit.AuditRecord;
import io.raic.gateway.http.Scratch;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What a first start makes and shows, and that nothing secret is logged however much is. */
@ExtendWith(OutputCaptureExtension.class)
class FirstStartTest {
  private static final Pattern PASSWORD =
      Pattern.compile("first login: admin, with the password (([a-z2-9]{5}-){4}[a-z2-9]{5}) ");

  private static void setLevel(LogLevel root, LogLevel own) {
    var system = LoggingSystem.get(FirstStartTest.class.getClassLoader());
    system.setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, root);
    system.setLogLevel("io.raic", own);
  }

  @Test
  void theFirstPasswordIsShownOnceAndNothingSecretIsLogged(CapturedOutput output) {
    var data = Scratch.directory("first");
    String given;
    String chosen = "of my own choice";
    try (var gateway = RunningGateway.start(data)) {
      var shown = PASSWORD.matcher(output.getOut());
      assertThat(shown.find()).describedAs(output.getOut()).isTrue();
      given = shown.group(1);
      assertThat(output.getAll().split(given, -1)).hasSize(2);

      setLevel(LogLevel.TRACE, LogLevel.TRACE);
      int before = output.getAll().length();
      var browser = gateway.browser();
      assertThat(location(browser.logIn("admin", given))).endsWith("/admin/login/password");
      String session = String.valueOf(browser.cookies().get("__Host-raic"));
      String page = "/admin/login/password";
      browser.submit(page, page, "current", given, "password", chosen, "repeated", chosen);
      String later = String.valueOf(browser.cookies().get("__Host-raic"));
      assertThat(browser.get("/admin").body()).contains("admin");
      gateway.browser().logIn("admin", "wrong-" + chosen);
      setLevel(LogLevel.WARN, LogLevel.INFO);

      assertThat(output.getAll().substring(before))
          .doesNotContain(given, chosen, chosen.replace(' ', '+'), session, later, "argon2");
      assertThat(gateway.part(AuditLog.class).latest(10))
          .extracting(AuditRecord::actor)
          .contains("gateway", "admin");
    } finally {
      setLevel(LogLevel.WARN, LogLevel.INFO);
    }
    int before = output.getAll().length();
    try (var gateway = RunningGateway.start(data)) {
      assertThat(output.getAll().substring(before))
          .contains("Dashboard:", "/admin")
          .doesNotContain("first login");
      assertThat(location(gateway.browser().logIn("admin", chosen))).endsWith("/admin");
    }
  }

  @Test
  void withoutTheDashboardThereIsNothingOfIt(CapturedOutput output) {
    try (var with = RunningGateway.start(Scratch.directory("with"));
        var without =
            RunningGateway.start(Scratch.directory("without"), "raic.admin.enabled=false")) {
      assertThat(without.browser().get("/admin").statusCode()).isEqualTo(404);
      assertThat(without.browser().get("/admin/login").statusCode()).isEqualTo(404);
      assertThat(without.has(Users.class)).isFalse();
      assertThat(output.getOut().split("first login", -1)).hasSize(2);

      // Whatever the server itself thinks of an address, the dashboard changes nothing of it.
      var paths =
          Map.of(
              "/named/URI:LIT:nbswy3dp/a%2Fb", "an escaped slash",
              "/named/URI:LIT:nbswy3dp/a//b", "an empty name",
              "/named/URI:LIT:nbswy3dp/a;b", "a semicolon",
              "/named/URI:LIT:nbswy3dp/a%5Cb", "a backslash",
              "/named/URI:LIT:nbswy3dp/a%25b", "a percent sign",
              "/named/URI:LIT:nbswy3dp/a%0Ab", "a line break",
              "/uri/URI:LIT:nbswy3dp?filename=a%2Fb%3B", "a query");
      paths.forEach((path, what) -> {
        var expected = without.browser().get(path);
        var answer = with.browser().get(path);
        assertThat(answer.statusCode()).describedAs(what).isEqualTo(expected.statusCode());
        assertThat(answer.body()).describedAs(what).isEqualTo(expected.body());
      });
    }
  }
}
