package io.raic.gateway.login;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
  private final Duration deadline;
  private final ReentrantLock asking = new ReentrantLock();
  private volatile @Nullable ClientRegistration known;

  OidcProvider(OidcSettings settings) {
    this(settings, DEADLINE);
  }

  /** Gives the provider {@code deadline} for all of its answer. */
  OidcProvider(OidcSettings settings, Duration deadline) {
    this.settings = settings;
    this.deadline = deadline;
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
        HttpRequest.newBuilder(URI.create(base + "/.well-known/openid-configuration")).build();
    var client = HttpClient.newBuilder().connectTimeout(deadline).build();
    try {
      // A deadline of the request ends with the head of the answer; this one does not.
      var answer =
          client
              .sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_BYTES))
              .get(deadline.toMillis(), TimeUnit.MILLISECONDS);
      if (answer.statusCode() != 200) {
        throw new IllegalStateException("the provider of logins tells nothing of itself");
      }
      return JsonMapper.shared()
          .readValue(answer.body(), new TypeReference<Map<String, Object>>() {});
    } catch (ExecutionException | TimeoutException | JacksonException e) {
      throw new IllegalStateException("the provider of logins cannot be asked", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } finally {
      // What is under way is given up; close() would wait for it.
      client.shutdownNow();
    }
  }
}
