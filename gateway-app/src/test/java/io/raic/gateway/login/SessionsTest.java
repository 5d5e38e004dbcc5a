package io.raic.gateway.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.raic.gateway.audit.AuditLog;
import io.raic.gateway.state.Database;
import io.raic.gateway.state.TestDatabase;
import jakarta.servlet.http.Cookie;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class SessionsTest {
  private static final SignedIn ALICE = new SignedIn("alice", Role.VIEWER, false);
  private static final Duration IDLE = Duration.ofMinutes(30);
  private static final Duration LONGEST = Duration.ofHours(12);

  @TempDir private Path directory;
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.ofEpochSecond(1_000_000));

  private Sessions sessions(Database database) {
    return sessions(database, Optional.of(oidc("https://sso.example.org", "staff")));
  }

  private Sessions sessions(Database database, Optional<OidcSettings> oidc) {
    return new Sessions(database, now::get, new LoginSettings(IDLE, LONGEST, oidc));
  }

  private static OidcSettings oidc(String issuer, String viewers) {
    return new OidcSettings(
        issuer,
        "raic",
        Optional.empty(),
        Optional.empty(),
        List.of(),
        "groups",
        Map.of(Role.VIEWER, List.of(viewers)));
  }

  private void pass(Duration time) {
    now.updateAndGet(then -> then.plus(time));
  }

  @ParameterizedTest
  @EnumSource
  void aSessionEndsWhenItIsNotUsed(TestDatabase kind) {
    try (var database = kind.open(directory)) {
      var sessions = sessions(database);
      String id = sessions.open(ALICE, Step.DONE, Instant.EPOCH);
      pass(IDLE.minusSeconds(1));
      assertThat(sessions.find(id)).contains(new Sessions.Session(ALICE, Step.DONE));
      pass(IDLE.minusSeconds(1));
      assertThat(sessions.find(id)).isPresent();
      pass(IDLE);
      assertThat(sessions.find(id)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/admin/live/overview",
        "/admin/live/files/1",
        "/admin/stream",
        "/admin/series",
        "/admin/series/local"
      })
  void whatAnOpenPageAsksForByItselfIsNoUse(String path) {
    try (var database = TestDatabase.SQLITE.open(directory)) {
      var sessions = sessions(database);
      String id = sessions.open(ALICE, Step.DONE, Instant.EPOCH);
      assertThat(isLetIn(sessions, path, id)).isTrue();
      pass(IDLE.minusSeconds(1));
      assertThat(isLetIn(sessions, path, id)).isTrue();
      pass(Duration.ofSeconds(1));
      assertThat(isLetIn(sessions, path, id)).isFalse();
    }
  }

  @Test
  void aPageThatSomebodyOpensIsAUse() {
    try (var database = TestDatabase.SQLITE.open(directory)) {
      var sessions = sessions(database);
      String id = sessions.open(ALICE, Step.DONE, Instant.EPOCH);
      pass(IDLE.minusSeconds(1));
      assertThat(isLetIn(sessions, "/admin/lively", id)).isTrue();
      pass(Duration.ofSeconds(1));
      assertThat(isLetIn(sessions, "/admin", id)).isTrue();
    }
  }

  private static boolean isLetIn(Sessions sessions, String path, String id) {
    var request = new MockHttpServletRequest("GET", path);
    request.setCookies(new Cookie(SessionCookie.SESSION.name(), id));
    return new CookieSessions(sessions).containsContext(request);
  }

  @ParameterizedTest
  @EnumSource
  void aSessionOfSingleSignOnEndsWithItsProviderAndItsRules(TestDatabase kind) {
    try (var database = kind.open(directory)) {
      String id = sessions(database).open(ALICE, Step.DONE, Instant.EPOCH);
      assertThat(sessions(database).find(id)).isPresent();
      assertThat(sessions(database, Optional.empty()).find(id)).isEmpty();
      for (var other :
          List.of(
              oidc("https://other.example.org", "staff"),
              oidc("https://sso.example.org", "admins"))) {
        assertThat(sessions(database, Optional.of(other)).find(id)).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void whoIsLoggedOutHasNoSessionLeftAndOthersHave(TestDatabase kind) {
    try (var database = kind.open(directory)) {
      var sessions = sessions(database);
      var audit = new AuditLog(database, now::get);
      var users = new Users(database, audit, new Passwords(), now::get);
      users.add("test", "alice", Role.VIEWER, "correct horse battery");
      var changed = users.find("alice").orElseThrow().changed();
      String local = sessions.open(new SignedIn("alice", Role.VIEWER, true), Step.DONE, changed);
      String alice = vouched(sessions, "alice (1)");
      String other = vouched(sessions, "alicia (2)");

      assertThat(users.logOut("test", "oidc:alice")).isOne();
      assertThat(sessions.find(alice)).isEmpty();
      assertThat(sessions.find(local)).isPresent();
      assertThat(users.logOut("test", "alice")).isOne();
      assertThat(sessions.find(local)).isEmpty();
      assertThat(sessions.find(other)).isPresent();
      assertThat(users.logOut("test", "oidc:2")).isOne();
      assertThat(sessions.find(other)).isEmpty();
      assertThat(audit.latest(1).getFirst().action()).isEqualTo("user.logout");
    }
  }

  private static String vouched(Sessions sessions, String name) {
    return sessions.open(new SignedIn(name, Role.VIEWER, false), Step.DONE, Instant.EPOCH);
  }

  @ParameterizedTest
  @EnumSource
  void aSessionEndsHoweverMuchItIsUsed(TestDatabase kind) {
    try (var database = kind.open(directory)) {
      var sessions = sessions(database);
      String id = sessions.open(ALICE, Step.DONE, Instant.EPOCH);
      for (var used = Duration.ZERO; used.compareTo(LONGEST) < 0; used = used.plusMinutes(20)) {
        assertThat(sessions.find(id)).isPresent();
        pass(Duration.ofMinutes(20));
      }
      assertThat(sessions.find(id)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aLoginThatIsNotFinishedEndsSoon(TestDatabase kind) {
    try (var database = kind.open(directory)) {
      var sessions = sessions(database);
      String id = sessions.open(ALICE, Step.CODE, Instant.EPOCH);
      pass(Step.CODE.longest());
      assertThat(sessions.find(id)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void theDatabaseDoesNotHaveTheIdentifier(TestDatabase kind) {
    try (var database = kind.open(directory)) {
      String id = sessions(database).open(ALICE, Step.DONE, Instant.EPOCH);
      var rows = database.sql().sql("select * from raic_session").query().listOfRows();
      assertThat(rows).hasSize(1);
      assertThat(rows.toString()).doesNotContain(id);
      assertThat(sessions(database).find(String.valueOf(rows.getFirst().get("id_hash")))).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatHasEndedIsForgotten(TestDatabase kind) {
    try (var database = kind.open(directory)) {
      var sessions = sessions(database);
      for (int i = 0; i < 3; i++) {
        var _ = sessions.open(ALICE, Step.DONE, Instant.EPOCH);
        pass(LONGEST.plusSeconds(1));
      }
      assertThat(database.sql().sql("select * from raic_session").query().listOfRows()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aLoginThatWasCheckedBeforeTheUserChangedIsNone(TestDatabase kind) {
    try (var database = kind.open(directory)) {
      var sessions = sessions(database);
      var users = new Users(database, new AuditLog(database, now::get), new Passwords(), now::get);
      users.add("test", "bob", Role.VIEWER, "correct horse battery");
      var checked = users.check("bob", "correct horse battery").orElseThrow();
      var bob = new SignedIn("bob", Role.VIEWER, true);
      assertThat(sessions.find(sessions.open(bob, Step.DONE, checked.changed()))).isPresent();

      pass(Duration.ofMillis(1));
      users.setPassword("test", "bob", "another horse battery");
      assertThat(sessions.find(sessions.open(bob, Step.DONE, checked.changed()))).isEmpty();
    }
  }
}
