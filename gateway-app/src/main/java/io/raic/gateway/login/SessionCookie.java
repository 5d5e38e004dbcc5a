package io.raic.gateway.login;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;

/**
 * A cookie of the dashboard. Its prefix makes browsers refuse it without TLS or from another host
 * of the domain; they count a connection to their own machine as good as TLS.
 *
 * <p>{@code Lax}, because a provider of logins leads back here from another site.
 *
 * @param name with the prefix
 * @param form of what it may hold; anything else is as no cookie
 */
record SessionCookie(String name, Pattern form) {
  /** The identifier of a session, or of somebody who has none yet. */
  static final SessionCookie SESSION =
      new SessionCookie("__Host-raic", Pattern.compile("[A-Za-z0-9_-]{43}"));

  /** Returns what it holds. */
  Optional<String> read(HttpServletRequest request) {
    return Optional.ofNullable(request.getCookies())
        .flatMap(all -> Arrays.stream(all).filter(c -> c.getName().equals(name)).findFirst())
        .map(Cookie::getValue)
        .filter(value -> form.matcher(value).matches());
  }

  /** Makes the browser keep {@code value} until it is closed. */
  void write(HttpServletResponse response, String value) {
    response.addHeader(HttpHeaders.SET_COOKIE, cookie(value, -1));
  }

  /** Makes the browser forget it. */
  void clear(HttpServletResponse response) {
    response.addHeader(HttpHeaders.SET_COOKIE, cookie("", 0));
  }

  private String cookie(String value, long seconds) {
    return ResponseCookie.from(name, value)
        .secure(true)
        .httpOnly(true)
        .sameSite("Lax")
        .path("/")
        .maxAge(seconds)
        .build()
        .toString();
  }
}
