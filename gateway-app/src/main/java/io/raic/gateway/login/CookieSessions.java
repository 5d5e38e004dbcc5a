package io.raic.gateway.login;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Optional;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.SecurityContextRepository;

/** Finds out by the cookie who asks. Sessions are opened by logins only, see {@link Logins}. */
final class CookieSessions implements SecurityContextRepository {
  /** What an open page asks for by itself. */
  private static final List<String> BY_PAGES =
      List.of("/admin/live", "/admin/series", "/admin/stream");

  private final Sessions sessions;

  CookieSessions(Sessions sessions) {
    this.sessions = sessions;
  }

  @Override
  @SuppressWarnings("deprecation") // The interface still asks for it, and derives the other one.
  public SecurityContext loadContext(HttpRequestResponseHolder both) {
    return find(both.getRequest())
        .<SecurityContext>map(session -> new SecurityContextImpl(authentication(session)))
        .orElseGet(SecurityContextHolder::createEmptyContext);
  }

  private Optional<Sessions.Session> find(HttpServletRequest request) {
    return SessionCookie.SESSION
        .read(request)
        .flatMap(id -> isAskedByPage(request) ? sessions.look(id) : sessions.find(id));
  }

  private static boolean isAskedByPage(HttpServletRequest request) {
    String path = request.getRequestURI();
    return BY_PAGES.stream().anyMatch(of -> path.equals(of) || path.startsWith(of + "/"));
  }

  private static Authentication authentication(Sessions.Session session) {
    String authority =
        session.step() == Step.DONE
            ? "ROLE_" + session.who().role().name()
            : session.step().authority();
    return UsernamePasswordAuthenticationToken.authenticated(
        session.who(), "", List.of(new SimpleGrantedAuthority(authority)));
  }

  @Override
  public void saveContext(
      SecurityContext context, HttpServletRequest request, HttpServletResponse response) {
    // Nothing to do: what a filter found out is not kept before it is known who it is.
  }

  @Override
  public boolean containsContext(HttpServletRequest request) {
    return find(request).isPresent();
  }
}
