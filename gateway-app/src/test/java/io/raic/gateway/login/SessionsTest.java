package io.raic.gateway.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.raic.gateway.audit.AuditLog;
import io.raic.gateway.state.Database;
import io.raic.gateway.state.TestDatabase;
import jakarta.servlet.http.Cookie;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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
    return new Sessions(database, now::get, IDLE, LONGEST);
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
