package io.raic.gateway.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.raic.gateway.audit.AuditLog;
import io.raic.gateway.state.Database;
import io.raic.gateway.state.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.HttpStatus;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.servlet.ModelAndView;

/** What of a login counts against an address, and what becomes of one there is no turn for. */
class LoginControllerTest {
  private static final String PASSWORD = "correct horse battery";
  private static final String ADDRESS = "192.0.2.1";
  private static final InstantSource CLOCK = () -> Instant.ofEpochSecond(1_000_000);
  private static final SignedIn ALICE = new SignedIn("alice", Role.VIEWER, true);

  @TempDir private Path directory;
  private Database database;
  private Users users;
  private Throttle throttle;
  private LoginController controller;
  private final MockHttpServletResponse response = new MockHttpServletResponse();

  @BeforeEach
  void open() {
    database = TestDatabase.SQLITE.open(directory);
    var audit = new AuditLog(database, CLOCK);
    users = new Users(database, audit, new Passwords(), CLOCK);
    throttle = new Throttle(CLOCK);
    var settings =
        new LoginSettings(Duration.ofMinutes(30), Duration.ofHours(12), Optional.empty());
    var sessions = new Sessions(database, CLOCK, settings);
    controller = new LoginController(users, new Logins(sessions, audit, throttle), settings);
    users.add("test", "alice", Role.VIEWER, PASSWORD);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static MockHttpServletRequest request() {
    var request = new MockHttpServletRequest();
    request.setRemoteAddr(ADDRESS);
    return request;
  }

  private ModelAndView logIn() {
    return controller.logIn("alice", PASSWORD, request(), response);
  }

  /** There is no turn for a thread that is to end. */
  private static ModelAndView withoutTurn(Supplier<ModelAndView> work) {
    Thread.currentThread().interrupt();
    try {
      return work.get();
    } finally {
      var _ = Thread.interrupted();
    }
  }

  private void assertThatNothingCountsAgainstTheAddress() {
    for (int i = 0; i < 20; i++) {
      assertThat(throttle.attempt("name" + i, ADDRESS)).isZero();
    }
  }

  @Test
  void aRightPasswordThatACodeFollowsDoesNotCountAgainstTheAddress() {
    var _ = users.enableCodes("test", "alice");
    assertThat(logIn().getViewName()).isEqualTo("redirect:" + Step.CODE.page());
    assertThatNothingCountsAgainstTheAddress();
  }

  @Test
  void aLoginWithoutATurnIsToComeAgainAndDoesNotCountAgainstTheAddress() {
    assertThat(withoutTurn(this::logIn).getStatus()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
    assertThat(response.getHeader("Retry-After")).isEqualTo("5");
    assertThatNothingCountsAgainstTheAddress();
  }

  @Test
  void aNewPasswordWithoutATurnIsToComeAgainAndDoesNotCountAgainstTheAddress() {
    String next = "another horse battery";
    var page =
        withoutTurn(() -> controller.password(PASSWORD, next, next, ALICE, request(), response));
    assertThat(page.getStatus()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
    assertThat(response.getHeader("Retry-After")).isEqualTo("5");
    assertThatNothingCountsAgainstTheAddress();
  }
}
