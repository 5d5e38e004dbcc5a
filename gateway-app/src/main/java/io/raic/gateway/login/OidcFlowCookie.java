package io.raic.gateway.login;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;

/**
 * Keeps what a login with a provider began with in the browser it began in, so that any gateway can
 * go on with it, and nobody else's browser can.
 */
final class OidcFlowCookie implements AuthorizationRequestRepository<OAuth2AuthorizationRequest> {
  private static final SessionCookie COOKIE =
      new SessionCookie("__Host-raic-oidc", Pattern.compile("[A-Za-z0-9_.=-]{1,2048}"));

  private static final int PARTS = 4;

  private final OidcProvider provider;

  OidcFlowCookie(OidcProvider provider) {
    this.provider = provider;
  }

  @Override
  public void saveAuthorizationRequest(
      @Nullable OAuth2AuthorizationRequest flow,
      HttpServletRequest request,
      HttpServletResponse response) {
    if (flow == null) {
      COOKIE.clear(response);
      return;
    }
    String value =
        String.join(
            ".",
            encode(flow.getState()),
            encode(flow.getAttribute(OidcParameterNames.NONCE)),
            encode(flow.getAttribute(PkceParameterNames.CODE_VERIFIER)),
            encode(flow.getRedirectUri()));
    COOKIE.write(response, value);
  }

  @Override
  public @Nullable OAuth2AuthorizationRequest loadAuthorizationRequest(HttpServletRequest request) {
    return read(request)
        .filter(flow ->
            Objects.equals(flow.getState(), request.getParameter(OAuth2ParameterNames.STATE)))
        .orElse(null);
  }

  @Override
  public @Nullable OAuth2AuthorizationRequest removeAuthorizationRequest(
      HttpServletRequest request, HttpServletResponse response) {
    var flow = loadAuthorizationRequest(request);
    if (flow != null) {
      COOKIE.clear(response);
    }
    return flow;
  }

  private Optional<OAuth2AuthorizationRequest> read(HttpServletRequest request) {
    var parts = COOKIE.read(request).map(value -> value.split("\\.", -1));
    var registration = provider.findByRegistrationId(OidcProvider.ID);
    if (parts.isEmpty() || parts.get().length != PARTS || registration == null) {
      return Optional.empty();
    }
    try {
      String[] part = parts.get();
      return Optional.of(
          OAuth2AuthorizationRequest.authorizationCode()
              .authorizationUri(
                  String.valueOf(registration.getProviderDetails().getAuthorizationUri()))
              .clientId(registration.getClientId())
              .scopes(registration.getScopes())
              .state(decode(part[0]))
              .redirectUri(decode(part[3]))
              .attributes(
                  Map.of(
                      OAuth2ParameterNames.REGISTRATION_ID,
                      OidcProvider.ID,
                      OidcParameterNames.NONCE,
                      decode(part[1]),
                      PkceParameterNames.CODE_VERIFIER,
                      decode(part[2])))
              .build());
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static String encode(@Nullable Object part) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(String.valueOf(part).getBytes(UTF_8));
  }

  private static String decode(String part) {
    return new String(Base64.getUrlDecoder().decode(part), UTF_8);
  }
}
