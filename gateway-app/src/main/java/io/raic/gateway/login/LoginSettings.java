package io.raic.gateway.login;

import java.time.Duration;
import java.util.Optional;

/**
 * How logins are.
 *
 * @param idle after which a session ends
 * @param longest after which a session ends anyway
 * @param oidc the provider of logins, if there is one
 */
public record LoginSettings(Duration idle, Duration longest, Optional<OidcSettings> oidc) {
  /** Checks the times. */
  public LoginSettings {
    if (idle.compareTo(Duration.ofMinutes(1)) < 0 || longest.compareTo(idle) < 0) {
      throw new IllegalArgumentException(
          "raic.admin: want 1m <= session-idle <= session-longest, not %s and %s"
              .formatted(idle, longest));
    }
  }
}
