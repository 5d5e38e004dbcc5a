package io.raic.cloud.gcs.fake;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The services that give tokens: for a signed claim, another cloud's token, or a machine. */
final class TokenServer {
  private static final String JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";
  private static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
  private static final String JWT_TYPE = "urn:ietf:params:oauth:token-type:jwt";

  /** What another identity provider is taken to have said. */
  static final String FOREIGN_TOKEN = "a-token-of-another-identity-provider";

  private final Tokens tokens;

  TokenServer(Tokens tokens) {
    this.tokens = tokens;
  }

  /** OAuth: a service account's signed claim. */
  Answer forClaim(Call call) throws IOException {
    var form = call.form();
    if (!form.getOrDefault("grant_type", "").equals(JWT_BEARER)) {
      return error("unsupported_grant_type", "Invalid grant_type");
    }
    try {
      var claims = tokens.claims(form.getOrDefault("assertion", ""));
      // Some clients name Google's own service whichever one they ask.
      var audience = List.of(call.origin() + "/token", "https://oauth2.googleapis.com/token");
      if (!audience.contains(Jwt.text(claims, "aud"))) {
        return error("invalid_grant", "Invalid JWT: Failed audience check.");
      }
      if (!Jwt.text(claims, "scope").startsWith("https://www.googleapis.com/auth/")) {
        return error("invalid_scope", "Invalid OAuth scope or ID token audience provided.");
      }
    } catch (IllegalArgumentException e) {
      return error("invalid_grant", String.valueOf(e.getMessage()));
    }
    return token();
  }

  /** Workload identity federation: the token of another provider. */
  Answer forForeignToken(Call call) throws IOException {
    var form = call.form();
    if (!form.getOrDefault("grant_type", "").equals(EXCHANGE)
        || !form.getOrDefault("subject_token_type", "").equals(JWT_TYPE)
        || !form.getOrDefault("audience", "").startsWith("//iam.googleapis.com/")) {
      return error("invalid_request", "Invalid request");
    }
    if (!form.getOrDefault("subject_token", "").equals(FOREIGN_TOKEN)) {
      return error("invalid_grant", "The given credential is rejected by the attribute condition.");
    }
    return token();
  }

  /** The metadata server of a machine, which is asked for itself, its universe and tokens. */
  Answer forMachine(Call call) {
    if (!call.header("Metadata-Flavor").orElse("").equals("Google")) {
      return Answer.text(403, "text/html", "Missing Metadata-Flavor:Google header.");
    }
    var answer =
        switch (call.path().getLast()) {
          case "" -> Answer.text(200, "text/plain", "computeMetadata/");
          case "universe-domain" -> Answer.text(200, "text/plain", "googleapis.com");
          case "token" -> token();
          default -> throw new Refusal(404, "notFound", "Not Found");
        };
    return answer.with(Map.of("Metadata-Flavor", "Google"));
  }

  /** A token of another account, for somebody who may act for it; the token came in already. */
  Answer forImpersonation(Call call) throws IOException {
    if (!call.json().has("scope")) {
      throw Refusal.invalid("Request contains an invalid argument: scope");
    }
    var json = new JsonObject();
    json.addProperty("accessToken", tokens.issue());
    json.addProperty("expireTime", Instant.now().plus(tokens.lifetime()).minusNanos(1).toString());
    return Answer.json(200, json);
  }

  private Answer token() {
    var json = new JsonObject();
    json.addProperty("access_token", tokens.issue());
    json.addProperty("issued_token_type", "urn:ietf:params:oauth:token-type:access_token");
    json.addProperty("expires_in", tokens.lifetime().toSeconds());
    json.addProperty("token_type", "Bearer");
    return Answer.json(200, json);
  }

  private static Answer error(String error, String description) {
    var json = new JsonObject();
    json.addProperty("error", error);
    json.addProperty("error_description", description);
    return Answer.json(400, json);
  }
}
