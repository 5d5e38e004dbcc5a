package io.raic.gateway.login;

import static io.raic.gateway.login.Browser.location;
import static org.assertj.core.api.Assertions.assertThat;

import io.raic.gateway.audit.AuditLog;
import io.raic.gateway.audit.Verification;
import io.raic.gateway.http.Scratch;
import io.raic.gateway.state.TestDatabase;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two gateways of one database know the same people. */
class TwoGatewaysTest {
  private static final String PASSWORD = "correct horse battery";

  @TempDir private Path directory;

  @Test
  void aSessionGoesOnAtTheOtherGateway() {
    var database = TestDatabase.POSTGRESQL.fresh(directory);
    String url = "raic.database.url=" + database.url().orElseThrow();
    String name = "raic.database.username=" + database.username().orElseThrow();
    try (var one = RunningGateway.start(Scratch.directory("one"), url, name);
        var other = RunningGateway.start(Scratch.directory("other"), url, name)) {
      var users = one.part(Users.class);
      assertThat(users.all()).extracting(User::name).containsExactly(Users.FIRST);
      users.add("test", "alice", Role.VIEWER, PASSWORD);

      var browser = one.browser();
      String token = browser.token("/admin/login");
      var there = browser.at(other.port());
      assertThat(
              location(
                  there.post(
                      "/admin/login", "_csrf", token, "name", "alice", "password", PASSWORD)))
          .endsWith("/admin");
      var back = there.at(one.port());
      assertThat(back.get("/admin").body()).contains("alice", "viewer");

      other.part(Users.class).setRole("test", "alice", Role.OPERATOR);
      assertThat(back.get("/admin").statusCode()).isEqualTo(302);
      assertThat(there.get("/admin").statusCode()).isEqualTo(302);
      assertThat(Verification.of(one.part(AuditLog.class), Optional.empty()).isGood()).isTrue();
    }
  }
}
