package io.raic.gateway.login;

import static java.nio.charset.StandardCharsets.US_ASCII;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.DefaultCsrfToken;

/**
 * The token of forms is a hash of the cookie, so nothing has to be kept: a page of another site can
 * neither read the cookie nor set it, because of its prefix. Whoever has none yet is given one that
 * belongs to no session.
 */
final class CookieCsrf implements CsrfTokenRepository {
  static final String HEADER = "X-CSRF-TOKEN";
  static final String FIELD = "_csrf";

  private static final String NEW_ID = CookieCsrf.class.getName();

  private final Sessions sessions;

  CookieCsrf(Sessions sessions) {
    this.sessions = sessions;
  }

  @Override
  public CsrfToken generateToken(HttpServletRequest request) {
    String id = sessions.newId();
    request.setAttribute(NEW_ID, id);
    return token(id);
  }

  @Override
  public void saveToken(
      @Nullable CsrfToken token, HttpServletRequest request, HttpServletResponse response) {
    if (token != null && request.getAttribute(NEW_ID) instanceof String id) {
      SessionCookie.SESSION.write(response, id);
    }
  }

  @Override
  public @Nullable CsrfToken loadToken(HttpServletRequest request) {
    return SessionCookie.SESSION.read(request).map(CookieCsrf::token).orElse(null);
  }

  private static CsrfToken token(String id) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(("raic csrf " + id).getBytes(US_ASCII));
      return new DefaultCsrfToken(
          HEADER, FIELD, Base64.getUrlEncoder().withoutPadding().encodeToString(hash));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
