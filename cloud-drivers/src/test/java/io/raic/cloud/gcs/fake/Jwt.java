package io.raic.cloud.gcs.fake;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/** A claim that a service account has signed. */
final class Jwt {
  private static final long MAX_SECONDS = 3600;

  /** What two clocks may differ by. */
  private static final long SKEW_SECONDS = 300;

  private Jwt() {}

  /**
   * Returns the claims, if {@code key} signed them and they hold at {@code clock}; otherwise what
   * is wrong.
   */
  static JsonObject claims(String jwt, ServiceAccountKey key, Instant clock) {
    String[] parts = jwt.split("\\.", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("Invalid JWT: it has not three parts");
    }
    var header = json(parts[0]);
    if (!text(header, "alg").equals("RS256") || !text(header, "kid").equals(key.keyId())) {
      throw new IllegalArgumentException("Invalid JWT Signature.");
    }
    if (!isSigned(parts, key)) {
      throw new IllegalArgumentException("Invalid JWT Signature.");
    }
    var claims = json(parts[1]);
    long now = clock.getEpochSecond();
    long issued = number(claims, "iat");
    long expires = number(claims, "exp");
    if (issued > now + SKEW_SECONDS
        || expires < now - SKEW_SECONDS
        || expires - issued > MAX_SECONDS) {
      throw new IllegalArgumentException(
          "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable"
              + " timeframe. Check your iat and exp values in the JWT claim.");
    }
    if (!text(claims, "iss").equals(key.email())) {
      throw new IllegalArgumentException("Invalid grant: account not found");
    }
    return claims;
  }

  private static boolean isSigned(String[] parts, ServiceAccountKey key) {
    try {
      var signature = Signature.getInstance("SHA256withRSA");
      signature.initVerify(key.publicKey());
      signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
      return signature.verify(Base64.getUrlDecoder().decode(parts[2]));
    } catch (GeneralSecurityException | IllegalArgumentException _) {
      return false;
    }
  }

  private static JsonObject json(String part) {
    try {
      var text = new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
      return JsonParser.parseString(text).getAsJsonObject();
    } catch (JsonParseException | IllegalStateException | IllegalArgumentException _) {
      throw new IllegalArgumentException("Invalid JWT: it is not JSON");
    }
  }

  static String text(JsonObject json, String name) {
    return Optional.ofNullable(json.get(name)).map(e -> e.getAsString()).orElse("");
  }

  private static long number(JsonObject json, String name) {
    return Optional.ofNullable(json.get(name)).map(e -> e.getAsLong()).orElse(0L);
  }
}
