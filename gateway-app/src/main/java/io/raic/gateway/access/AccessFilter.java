package io.raic.gateway.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.raic.gateway.web.Errors;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets in whoever has a token, before anything else looks at a request and before any of its body
 * is read; or everybody, if no token is needed. The dashboard has its own doors.
 */
@Order(AccessFilter.ORDER)
public final class AccessFilter extends OncePerRequestFilter {
  /** Before all filters of the gateway. */
  static final int ORDER = -1000;

  private static final Logger LOG = LoggerFactory.getLogger(AccessFilter.class);
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  /** Checks are POSTed to it, which only read if they do not repair: see the controller. */
  private static final Pattern FILE = Pattern.compile("/(?:uri|cap)/[^/]+");

  private static final String DASHBOARD = "/admin";
  private static final String RETRY_SECONDS = "10";

  private final Optional<Doorkeeper> doorkeeper;

  /** Asks {@code doorkeeper}; without one everybody is let in. */
  public AccessFilter(Optional<Doorkeeper> doorkeeper) {
    this.doorkeeper = doorkeeper;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    // As it came and as it is understood: no spelling of a file's address is the dashboard's.
    return isDashboard(request.getRequestURI())
        && isDashboard(request.getServletPath())
        && !request.getRequestURI().contains("..");
  }

  private static boolean isDashboard(String path) {
    return path.equals(DASHBOARD) || path.startsWith(DASHBOARD + "/");
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Optional<Caller> caller;
    try {
      caller =
          doorkeeper.isEmpty()
              ? Optional.of(Caller.OPEN)
              : secret(request).flatMap(doorkeeper.get()::admit);
    } catch (DataAccessException | TransactionException e) {
      LOG.warn("nobody is let in, as the database failed: {}", e.getMessage());
      response.setHeader("Retry-After", RETRY_SECONDS);
      Errors.turnAway(503, "the gateway's database does not answer", request, response);
      return;
    }
    if (caller.isEmpty()) {
      response.addHeader("WWW-Authenticate", "Bearer realm=\"raic\"");
      response.addHeader("WWW-Authenticate", "Basic realm=\"raic\", charset=\"UTF-8\"");
      Errors.turnAway(401, "a token is needed, and one that is valid", request, response);
    } else if (caller.get().readOnly() && writes(request)) {
      Errors.turnAway(403, caller.get().readOnlyText(), request, response);
    } else {
      caller.get().let(request);
      chain.doFilter(request, response);
    }
  }

  private static boolean writes(HttpServletRequest request) {
    boolean mayBeCheck =
        request.getMethod().equals("POST") && FILE.matcher(request.getRequestURI()).matches();
    return !READING.contains(request.getMethod()) && !mayBeCheck;
  }

  /** Returns the token of the request: as it is, or as the password of any user. */
  private static Optional<String> secret(HttpServletRequest request) {
    String[] words =
        Optional.ofNullable(request.getHeader("Authorization")).orElse("").strip().split(" +", 2);
    if (words.length < 2) {
      return Optional.empty();
    }
    if (words[0].equalsIgnoreCase("Bearer")) {
      return Optional.of(words[1]);
    }
    return words[0].equalsIgnoreCase("Basic") ? password(words[1]) : Optional.empty();
  }

  private static Optional<String> password(String encoded) {
    try {
      String pair = new String(Base64.getDecoder().decode(encoded), UTF_8);
      int colon = pair.indexOf(':');
      return colon < 0 ? Optional.empty() : Optional.of(pair.substring(colon + 1));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
