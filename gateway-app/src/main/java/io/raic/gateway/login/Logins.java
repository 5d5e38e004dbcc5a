package io.raic.gateway.login;

import io.raic.gateway.audit.AuditLog;
import io.raic.gateway.audit.Outcome;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;

/** What a login does, however somebody logs in: opens sessions, and is in the audit log. */
final class Logins {
  private final Sessions sessions;
  private final AuditLog audit;
  private final Throttle throttle;

  Logins(Sessions sessions, AuditLog audit, Throttle throttle) {
    this.sessions = sessions;
    this.audit = audit;
    this.throttle = throttle;
  }

  Throttle throttle() {
    return throttle;
  }

  /** Opens a new session in place of the one the request came with, if there was one. */
  void open(User user, Step step, HttpServletRequest request, HttpServletResponse response) {
    var who = new SignedIn(user.name(), user.role(), true);
    if (step != Step.CODE) {
      audit.append(who.actor(), "login", request.getRemoteAddr(), Outcome.DONE);
    }
    replace(who, step, user.changed(), request, response);
  }

  /** Opens one for somebody whom another provider vouches for. */
  void open(SignedIn who, HttpServletRequest request, HttpServletResponse response) {
    audit.append(who.actor(), "login", request.getRemoteAddr(), Outcome.DONE);
    replace(who, Step.DONE, Instant.EPOCH, request, response);
  }

  /** Goes on in a new session after the user was changed. */
  void renew(User user, HttpServletRequest request, HttpServletResponse response) {
    var who = new SignedIn(user.name(), user.role(), true);
    replace(who, Step.DONE, user.changed(), request, response);
  }

  private void replace(
      SignedIn who,
      Step step,
      Instant changed,
      HttpServletRequest request,
      HttpServletResponse response) {
    SessionCookie.SESSION.read(request).ifPresent(sessions::end);
    SessionCookie.SESSION.write(response, sessions.open(who, step, changed));
  }

  /**
   * Records a login that failed.
   *
   * @param actor a name that is known, or empty: what was typed may be a password
   */
  void failed(String actor, String why, HttpServletRequest request) {
    audit.append(
        actor.isEmpty() ? "unknown" : actor,
        "login",
        "%s: %s".formatted(request.getRemoteAddr(), why),
        Outcome.REFUSED);
  }

  /** Ends the session. */
  void close(SignedIn who, HttpServletRequest request, HttpServletResponse response) {
    SessionCookie.SESSION.read(request).ifPresent(sessions::end);
    SessionCookie.SESSION.clear(response);
    audit.append(who.actor(), "logout", request.getRemoteAddr(), Outcome.DONE);
  }
}
