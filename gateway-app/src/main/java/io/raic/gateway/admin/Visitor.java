package io.raic.gateway.admin;

import io.raic.gateway.web.BadRequestException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/**
 * Who looks at a page.
 *
 * @param name of the user; empty if nobody is logged in
 * @param mayOperate whether acts are allowed
 * @param isAdmin whether users and tokens are too
 */
public record Visitor(String name, boolean mayOperate, boolean isAdmin) {
  private static final String OPERATOR = "OPERATOR";
  private static final String ADMIN = "ADMIN";

  /** Returns the role in a word. */
  public String role() {
    return isAdmin ? "admin" : mayOperate ? "operator" : "viewer";
  }

  static Visitor of(HttpServletRequest request) {
    String name = Optional.ofNullable(request.getRemoteUser()).orElse("");
    boolean isAdmin = request.isUserInRole(ADMIN);
    return new Visitor(name, isAdmin || request.isUserInRole(OPERATOR), isAdmin);
  }

  /** Refuses who may only look; the addresses are guarded as well. */
  void requireOperator() {
    if (!mayOperate) {
      throw new BadRequestException(403, "this takes the role of an operator");
    }
  }
}
