package io.raic.cloud.box.fake;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of the fake: access tokens that end, refresh tokens that work once.
 *
 * <p>Grants: client credentials, a signed assertion, a refresh token.
 */
public final class FakeTokens {
  private static final Duration REFRESH_LIFE = Duration.ofDays(60);

  private final FakeClock clock;
  private final FakeAccount account;
  private final FakeAssertions assertions;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Instant> access = new ConcurrentHashMap<>();
  private final Map<String, Instant> refresh = new ConcurrentHashMap<>();
  private volatile Duration life = Duration.ofMinutes(60);

  FakeTokens(FakeClock clock, FakeAccount account) {
    this.clock = clock;
    this.account = account;
    this.assertions = new FakeAssertions(clock, account);
  }

  /** Says how long access tokens live from now on. */
  public void setLife(Duration life) {
    this.life = life;
  }

  /** Ends all access tokens. */
  public void expireAll() {
    access.clear();
  }

  /** Returns a refresh token, as a user's consent gives one. */
  public String newRefreshToken() {
    return add(refresh, REFRESH_LIFE);
  }

  /** Returns an access token, as the developer console gives one. */
  public String newDeveloperToken() {
    return add(access, life);
  }

  /** Says whether {@code token} would still be taken for a refresh. */
  public boolean isRefreshToken(String token) {
    return isAlive(refresh.get(token));
  }

  void require(FakeRequest request) {
    var token =
        request
            .header("Authorization")
            .filter(header -> header.startsWith("Bearer "))
            .map(header -> header.substring("Bearer ".length()));
    if (token.isEmpty() || !isAlive(access.get(token.get()))) {
      throw new Refusal(401, "unauthorized", "Unauthorized")
          .with(
              "WWW-Authenticate",
              "Bearer realm=\"Service\", error=\"invalid_token\", "
                  + "error_description=\"The access token provided is invalid.\"");
    }
  }

  /** Answers a request for a token. */
  void grant(FakeRequest request) throws IOException {
    var form = request.form();
    if (!account.isApplication(value(form, "client_id"), value(form, "client_secret"))) {
      refuse(request, "invalid_client", "The client credentials are invalid");
      return;
    }
    switch (form.getOrDefault("grant_type", "")) {
      case "client_credentials" -> {
        boolean isKnown =
            FakeAccount.isSubject(value(form, "box_subject_type"), value(form, "box_subject_id"));
        answer(request, isKnown ? "" : "Grant credentials are invalid", false);
      }
      case "urn:ietf:params:oauth:grant-type:jwt-bearer" ->
          answer(request, assertions.fault(form.getOrDefault("assertion", "")), false);
      case "refresh_token" -> {
        var used = refresh.remove(form.getOrDefault("refresh_token", ""));
        answer(request, isAlive(used) ? "" : "Refresh token has expired", true);
      }
      default -> refuse(request, "unsupported_grant_type", "This grant type is not supported");
    }
  }

  private void answer(FakeRequest request, String fault, boolean isRefreshed) throws IOException {
    if (!fault.isEmpty()) {
      refuse(request, "invalid_grant", fault);
      return;
    }
    var json =
        Json.object(
            "access_token",
            add(access, life),
            "expires_in",
            life.toSeconds(),
            "restricted_to",
            List.of(),
            "token_type",
            "bearer");
    if (isRefreshed) {
      json.put("refresh_token", newRefreshToken());
    }
    request.answer(200, json);
  }

  private static void refuse(FakeRequest request, String error, String description)
      throws IOException {
    request.answer(400, Json.object("error", error, "error_description", description));
  }

  private static Optional<String> value(Map<String, String> form, String name) {
    return Optional.ofNullable(form.get(name));
  }

  private boolean isAlive(@Nullable Instant end) {
    return end != null && clock.now().isBefore(end);
  }

  private String add(Map<String, Instant> tokens, Duration life) {
    var bytes = new byte[24];
    random.nextBytes(bytes);
    String token = HexFormat.of().formatHex(bytes);
    tokens.put(token, clock.now().plus(life));
    return token;
  }
}
