package io.raic.gateway.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses what a page of another site makes a browser send here: a gateway on loopback is reached
 * by every page that its user opens, and needs no more than that to be filled with rubbish.
 *
 * <p>Only browsers send the headers that this looks at, and they always do. A page can give its own
 * name our address, so that the browser takes us for its own site: hence the look at {@link
 * HostNames}.
 */
@Component
@Order(-10)
public final class CrossSiteFilter extends OncePerRequestFilter {
  private static final Set<String> HARMLESS = Set.of("GET", "HEAD", "OPTIONS");
  private static final Set<String> OUR_OWN = Set.of("same-origin", "none");

  private final HostNames hosts;

  CrossSiteFilter(HostNames hosts) {
    this.hosts = hosts;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (!hosts.include(request.getServerName())) {
      Errors.refuse(
          421, "this gateway does not go by that name: see raic.host-names", request, response);
    } else if (HARMLESS.contains(request.getMethod()) || isOurOwn(request)) {
      chain.doFilter(request, response);
    } else {
      Errors.refuse(403, "this came from a page of another site", request, response);
    }
  }

  private static boolean isOurOwn(HttpServletRequest request) {
    var site = Optional.ofNullable(request.getHeader("Sec-Fetch-Site"));
    var origin = Optional.ofNullable(request.getHeader("Origin"));
    var host = Optional.ofNullable(request.getHeader("Host"));
    return site.map(OUR_OWN::contains)
        .orElseGet(() -> origin.isEmpty() || origin.map(CrossSiteFilter::authority).equals(host));
  }

  private static String authority(String origin) {
    try {
      return Optional.ofNullable(URI.create(origin).getAuthority()).orElse("");
    } catch (IllegalArgumentException _) {
      return "";
    }
  }
}
