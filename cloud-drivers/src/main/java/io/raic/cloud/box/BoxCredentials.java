package io.raic.cloud.box;

import com.box.sdkgen.networking.network.NetworkSession;
import io.raic.cloud.settings.SettingException;
import io.raic.cloud.settings.Settings;
import java.util.List;
import java.util.Optional;

/** Which way to tokens the settings ask for. */
final class BoxCredentials {
  private BoxCredentials() {}

  /**
   * Returns the way.
   *
   * @throws SettingException if something that it needs is missing
   */
  static BoxTokens.Grant of(NetworkSession network, Settings settings, List<String> ways) {
    return switch (settings.oneOf("auth", ways)) {
      case "client-credentials" ->
          BoxGrants.clientCredentials(
              network,
              settings.text("client-id"),
              settings.secret("client-secret"),
              subject(settings));
      case "jwt" -> BoxGrants.jwt(network, settings.secret("jwt-config"), id(settings, "user-id"));
      case "oauth" ->
          new RefreshGrant(
              network,
              settings.text("client-id"),
              settings.secret("client-secret"),
              new TokenFile(
                  settings
                      .findPath("token-file")
                      .orElseThrow(() -> new SettingException("token-file", " is missing"))));
      default -> BoxGrants.developerToken(settings.secret("developer-token"));
    };
  }

  private static BoxGrants.Subject subject(Settings settings) {
    var user = id(settings, "user-id").<BoxGrants.Subject>map(BoxGrants.Subject.User::new);
    var enterprise =
        id(settings, "enterprise-id").<BoxGrants.Subject>map(BoxGrants.Subject.Enterprise::new);
    return user.or(() -> enterprise)
        .orElseThrow(
            () -> new SettingException("enterprise-id", " is missing, and user-id as well"));
  }

  private static Optional<String> id(Settings settings, String name) {
    var id = settings.find(name);
    if (id.isPresent() && !BoxErrors.isId(id.get())) {
      throw new SettingException(name, " is not a number");
    }
    return id;
  }
}
