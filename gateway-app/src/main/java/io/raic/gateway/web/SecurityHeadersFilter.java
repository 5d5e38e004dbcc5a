package io.raic.gateway.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.BiConsumer;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Serves everything so that it cannot attack the gateway's own pages: stored content is anybody's,
 * and the URL it is read under is a secret. The dashboard's pages may load what is the gateway's
 * own, and nothing that stands in the page itself is run.
 */
@Component
@Order(-20)
public final class SecurityHeadersFilter extends OncePerRequestFilter {
  private static final String POLICY =
      "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; media-src data:;"
          + " form-action 'none'; frame-ancestors 'none'";

  private static final String DASHBOARD_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self';"
          + " frame-ancestors 'none'";

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    setHeaders(response);
    if (isDashboard(request.getServletPath())) {
      response.setHeader("Content-Security-Policy", DASHBOARD_POLICY);
      response.setHeader("Referrer-Policy", "same-origin");
      response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
      response.setHeader("Cache-Control", "no-store");
    }
    chain.doFilter(request, response);
  }

  private static boolean isDashboard(String path) {
    return path.equals("/admin") || path.startsWith("/admin/");
  }

  static void setHeaders(HttpServletResponse response) {
    setHeaders(response::setHeader);
  }

  /** Gives the name and the value of each header to {@code header}. */
  static void setHeaders(BiConsumer<String, String> header) {
    header.accept("Content-Security-Policy", POLICY);
    header.accept("X-Content-Type-Options", "nosniff");
    header.accept("Referrer-Policy", "no-referrer");
    header.accept("Cross-Origin-Resource-Policy", "same-origin");
    header.accept("Cache-Control", "private");
  }
}
