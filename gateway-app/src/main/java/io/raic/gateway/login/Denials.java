package io.raic.gateway.login;

import io.raic.gateway.web.Errors;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;

/** Leads people to the page where they can go on, and tells programs what they lack. */
final class Denials implements AuthenticationEntryPoint, AccessDeniedHandler {
  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
      throws IOException {
    if (wantsPage(request)) {
      response.sendRedirect("/admin/login");
    } else {
      Errors.refuse(401, "log in at /admin/login", request, response);
    }
  }

  @Override
  public void handle(
      HttpServletRequest request, HttpServletResponse response, AccessDeniedException failure)
      throws IOException {
    var step = unfinished();
    if (failure instanceof CsrfException) {
      Errors.refuse(403, "the form is too old: load the page again", request, response);
    } else if (step.isPresent() && wantsPage(request)) {
      response.sendRedirect(step.get().page());
    } else {
      Errors.refuse(403, "your role does not allow that", request, response);
    }
  }

  private static Optional<Step> unfinished() {
    return Optional.ofNullable(SecurityContextHolder.getContext().getAuthentication())
        .flatMap(who ->
            Arrays.stream(Step.values()).filter(step -> has(who, step.authority())).findFirst());
  }

  private static boolean has(Authentication who, String authority) {
    return who.getAuthorities().stream().anyMatch(a -> authority.equals(a.getAuthority()));
  }

  private static boolean wantsPage(HttpServletRequest request) {
    return "GET".equals(request.getMethod())
        && Optional.ofNullable(request.getHeader("Accept")).orElse("").contains("text/html");
  }
}
