package io.raic.gateway.login;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/**
 * Logins with a provider that speaks OpenID Connect: its authorization code flow, with PKCE, state
 * and nonce. What the provider says of a user's groups gives a role for that session.
 */
final class OidcLogin {
  static final String START = "/admin/oidc/start";
  static final String CALLBACK = "/admin/oidc/callback";

  /** OpenID Connect allows no more. */
  private static final int MAX_SUBJECT = 255;

  private static final int MAX_NAME = 100;
  private static final Pattern NO_PART = Pattern.compile("[\\p{C}\\p{Z}()]+");

  private static final Logger LOG = LoggerFactory.getLogger(OidcLogin.class);

  private final OidcSettings settings;
  private final Logins logins;

  OidcLogin(OidcSettings settings, Logins logins) {
    this.settings = settings;
    this.logins = logins;
  }

  void addTo(HttpSecurity http) {
    var provider = new OidcProvider(settings);
    var resolver = new DefaultOAuth2AuthorizationRequestResolver(provider, START);
    resolver.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce());
    http.oauth2Login(login ->
        login
            .clientRegistrationRepository(provider)
            .authorizedClientRepository(new NoAuthorizedClients())
            .loginPage("/admin/login")
            .authorizationEndpoint(e ->
                e.baseUri(START)
                    .authorizationRequestResolver(resolver)
                    .authorizationRequestRepository(new OidcFlowCookie(provider)))
            .redirectionEndpoint(e -> e.baseUri(CALLBACK))
            .successHandler((request, response, who) -> succeeded(request, response, who))
            .failureHandler((request, response, why) -> failed(request, response, why))
            .withObjectPostProcessor(
                new ObjectPostProcessor<OAuth2AuthorizationRequestRedirectFilter>() {
                  @Override
                  public <F extends OAuth2AuthorizationRequestRedirectFilter> F postProcess(
                      F filter) {
                    filter.setAuthenticationFailureHandler(
                        (request, response, why) -> failed(request, response, why));
                    return filter;
                  }
                }));
  }

  private void succeeded(
      HttpServletRequest request, HttpServletResponse response, Authentication who)
      throws IOException {
    Map<String, Object> claims =
        who.getPrincipal() instanceof OidcUser user ? user.getClaims() : Map.of();
    String name = name(claims);
    var role = settings.role(claims);
    if (role.isEmpty()) {
      logins.failed("oidc:" + name, "no role for any of the groups", request);
      response.sendRedirect("/admin/login?sso=refused");
      return;
    }
    logins.open(new SignedIn(name, role.get(), false), request, response);
    response.sendRedirect(Step.DONE.page());
  }

  /** What people may choose to be called, then what only the provider chooses, in one line. */
  static String name(Map<String, Object> claims) {
    String subject = line(claims.get("sub"), MAX_SUBJECT);
    String chosen =
        line(
            Optional.ofNullable(claims.get("preferred_username")).orElse(claims.get("email")),
            MAX_NAME);
    return chosen.isEmpty() ? subject : "%s (%s)".formatted(chosen, subject);
  }

  /** Without what could pass for the brackets around the subject. */
  private static String line(@Nullable Object claim, int most) {
    String line = NO_PART.matcher(claim == null ? "" : claim.toString()).replaceAll(" ").strip();
    return line.codePoints()
        .limit(most)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString()
        .strip();
  }

  /** Anybody can come here with nonsense, which must not fill the audit log. */
  private void failed(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException why)
      throws IOException {
    String reason =
        why instanceof OAuth2AuthenticationException oauth
            ? oauth.getError().getErrorCode()
            : "cannot ask the provider";
    if (logins.throttle().attempt("oidc:", request.getRemoteAddr()).isZero()) {
      LOG.warn("a login with {} failed: {}", settings.issuer(), oneLine(reason));
      logins.failed("", "single sign-on: " + oneLine(reason), request);
    }
    response.sendRedirect("/admin/login?sso=failed");
  }

  /** It may be what the request said. */
  private static String oneLine(String reason) {
    return reason.matches("[A-Za-z0-9_ -]{1,60}") ? reason : "an error";
  }
}
