package io.raic.gateway.login;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Asks the provider where its endpoints are, at the first login: it may be down before. */
final class OidcProvider implements ClientRegistrationRepository {
  static final String ID = "oidc";

  private static final Duration DEADLINE = Duration.ofSeconds(10);
  private static final int MAX_BYTES = 256 * 1024;

  private final OidcSettings settings;
  private final ReentrantLock asking = new ReentrantLock();
  private volatile @Nullable ClientRegistration known;

  OidcProvider(OidcSettings settings) {
    this.settings = settings;
  }

  @Override
  public @Nullable ClientRegistration findByRegistrationId(String id) {
    if (!ID.equals(id)) {
      return null;
    }
    var found = known;
    if (found != null) {
      return found;
    }
    asking.lock();
    try {
      found = known;
      if (found == null) {
        found = registration(metadata());
        known = found;
      }
      return found;
    } finally {
      asking.unlock();
    }
  }

  private ClientRegistration registration(Map<String, Object> metadata) {
    if (!settings.issuer().equals(metadata.get("issuer"))) {
      throw new IllegalStateException("the provider of logins calls itself otherwise");
    }
    var scopes = new ArrayList<String>();
    scopes.add("openid");
    scopes.addAll(settings.scopes());
    var registration =
        ClientRegistrations.fromOidcConfiguration(metadata)
            .registrationId(ID)
            .clientId(settings.clientId())
            .redirectUri(settings.redirectUri().orElse("{baseUrl}" + OidcLogin.CALLBACK))
            .scope(scopes);
    settings
        .clientSecret()
        .ifPresentOrElse(
            registration::clientSecret,
            () -> registration.clientAuthenticationMethod(ClientAuthenticationMethod.NONE));
    return registration.build();
  }

  private Map<String, Object> metadata() {
    String base = settings.issuer().replaceFirst("/$", "");
    var request =
        HttpRequest.newBuilder(URI.create(base + "/.well-known/openid-configuration"))
            .timeout(DEADLINE)
            .build();
    try (var client = HttpClient.newBuilder().connectTimeout(DEADLINE).build()) {
      var answer = client.send(request, BodyHandlers.ofInputStream());
      try (var body = answer.body()) {
        byte[] bytes = body.readNBytes(MAX_BYTES);
        if (answer.statusCode() != 200 || bytes.length == MAX_BYTES) {
          throw new IllegalStateException("the provider of logins tells nothing of itself");
        }
        return JsonMapper.shared().readValue(bytes, new TypeReference<Map<String, Object>>() {});
      }
    } catch (IOException | JacksonException e) {
      throw new IllegalStateException("the provider of logins cannot be asked", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
