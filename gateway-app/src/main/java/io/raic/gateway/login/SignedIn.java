package io.raic.gateway.login;

import org.springframework.security.core.AuthenticatedPrincipal;

/**
 * Who asks for a page.
 *
 * @param name of the user; from a provider of logins, {@code NAME (SUB)}: users may choose the one,
 *     not the other
 * @param role what it allows at this moment
 * @param isLocal whether this gateway knows the password; otherwise a provider of logins vouched
 */
public record SignedIn(String name, Role role, boolean isLocal) implements AuthenticatedPrincipal {
  @Override
  public String getName() {
    return actor();
  }

  /** Returns what the audit log calls this user. */
  public String actor() {
    return isLocal ? name : "oidc:" + name;
  }
}
