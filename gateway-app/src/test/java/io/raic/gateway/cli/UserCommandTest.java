package io.raic.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.raic.gateway.cli.RaicRun.Result;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserCommandTest {
  private static final String PASSWORD = "correct horse battery";

  @TempDir private Path directory;

  private Result run(RaicRun run, String... words) {
    var all = new ArrayList<Object>(List.of(words));
    all.addAll(List.of("--data", directory.resolve("data")));
    var result = run.run(all.toArray());
    assertThat(result.err() + result.text()).doesNotContain(PASSWORD, "argon2");
    return result;
  }

  private Result run(String... words) {
    return run(new RaicRun(), words);
  }

  private Result ok(String... words) {
    var result = run(words);
    assertThat(result.code()).describedAs(result.err()).isZero();
    return result;
  }

  private void addAlice() {
    var result =
        run(new RaicRun().withInput(PASSWORD + "\n"), "user", "add", "alice", "--role", "admin");
    assertThat(result.code()).describedAs(result.err()).isZero();
  }

  /** Types these. */
  private static Keyboard typing(String... secrets) {
    var left = new ArrayDeque<>(List.of(secrets));
    return new Keyboard() {
      @Override
      public String secret(String question) {
        return left.remove();
      }

      @Override
      public String line(String question) {
        throw new AssertionError(question);
      }
    };
  }

  @Test
  void usersAreAddedChangedListedAndRemoved() {
    addAlice();
    ok("user", "role", "alice", "viewer");
    assertThat(ok("user", "list").text().lines())
        .anyMatch(line -> line.matches("alice +viewer +no +chosen .*"));
    assertThat(ok("user", "totp", "alice").text())
        .matches("otpauth://totp/RAIC:alice\\?secret=[A-Z2-7]{32}&issuer=RAIC\n");
    assertThat(ok("user", "list", "--json").text()).contains("\"totp\" : true");
    ok("user", "totp", "alice", "--remove");
    assertThat(ok("user", "passwd", "alice", "--one-time").text())
        .matches("([a-z2-9]{5}-){4}[a-z2-9]{5}\n");
    assertThat(ok("user", "list").text()).contains("one-time");
    assertThat(ok("user", "logout", "alice").err()).contains("ended 0 sessions of alice");
    assertThat(ok("user", "logout", "oidc:nobody").err()).contains("ended 0 sessions");
    assertThat(run("user", "logout", "nobody").code()).isEqualTo(ExitCode.FAILED.number());
    ok("user", "remove", "alice");
    assertThat(ok("user", "list", "--json").text().strip()).isEqualTo("[ ]");
  }

  @Test
  void aPasswordIsTypedTwice() {
    var same = new RaicRun().withKeyboard(typing(PASSWORD, PASSWORD));
    assertThat(run(same, "user", "add", "bob").code()).isZero();
    var other = new RaicRun().withKeyboard(typing(PASSWORD, PASSWORD + "x"));
    assertThat(run(other, "user", "passwd", "bob").err()).contains("two different passwords");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "user add alice | there is a user alice already | 1",
        "user add Bob | small letters | 1",
        "user add bob --role root | a role is viewer, operator or admin | 2",
        "user passwd nobody | there is no user nobody | 1",
        "user role nobody admin | there is no user nobody | 1",
        "user totp nobody | there is no user nobody | 1",
        "user remove nobody | there is no user nobody | 1",
        "audit verify --head xyz | 64 hexadecimal digits | 2"
      })
  void whatCannotBeDoneIsRefusedInALine(String words, String reason, int code) {
    addAlice();
    var result = run(new RaicRun().withInput(PASSWORD), words.split(" "));
    assertThat(result.err()).contains(reason).hasLineCount(1);
    assertThat(result.code()).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({"short", "''", "aaaaaaaaaaaaaaaa"})
  void aWeakPasswordIsRefusedAndNotShown(String password) {
    var result = run(new RaicRun().withInput(password), "user", "add", "carol");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("password");
    if (!password.isEmpty()) {
      assertThat(result.err()).doesNotContain(password);
    }
  }

  @Test
  void whatWasDoneIsInTheAuditLogWhichIsVerified() throws SQLException {
    addAlice();
    ok("user", "role", "alice", "viewer");
    assertThat(ok("audit", "list").text())
        .contains("user.add", "alice as admin", "user.role", "alice to viewer", "cli:");
    String good = ok("audit", "verify").text();
    assertThat(good).matches("records 2\nhead [0-9a-f]{64}\n");
    String head = good.replaceFirst("(?s).*head ", "").strip();
    ok("user", "remove", "alice");
    ok("audit", "verify", "--head", head);
    assertThat(run("audit", "verify", "--head", "0".repeat(63) + "1").code()).isEqualTo(1);

    try (var connection =
            DriverManager.getConnection(
                "jdbc:sqlite:" + directory.resolve("data").resolve("state.db"));
        var statement = connection.createStatement()) {
      statement.executeUpdate("drop trigger raic_audit_no_update");
      statement.executeUpdate("update raic_audit set subject = 'bob' where seq = 2");
    }
    var broken = run("audit", "verify");
    assertThat(broken.code()).isEqualTo(1);
    assertThat(broken.err()).contains("record 2 was changed");
  }
}
