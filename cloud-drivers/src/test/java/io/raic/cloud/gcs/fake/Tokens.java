package io.raic.cloud.gcs.fake;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Which bearers may come in, and until when. */
public final class Tokens {
  /** One for all, since making one takes a while. */
  private static final ServiceAccountKey KEY = ServiceAccountKey.generate();

  private final Map<String, Instant> valid = new ConcurrentHashMap<>();
  private final AtomicInteger issued = new AtomicInteger();
  private final ServiceAccountKey key = KEY;
  private volatile Duration lifetime = Duration.ofHours(1);
  private volatile Duration ahead = Duration.ZERO;

  Tokens() {}

  /** Returns a new token, which ends with the lifetime or with {@link #expireAll}. */
  public String issue() {
    issued.incrementAndGet();
    String token = "ya29.fake-" + UUID.randomUUID();
    valid.put(token, Instant.now().plus(lifetime));
    return token;
  }

  /** Sets how long the tokens issued from now on live. */
  public void lifetime(Duration each) {
    lifetime = each;
  }

  /** Ends all tokens before their time, as a revocation does. */
  public void expireAll() {
    valid.clear();
  }

  /** Returns how many were issued. */
  public int issuedCount() {
    return issued.get();
  }

  /** Returns the account that may ask for tokens. */
  public ServiceAccountKey key() {
    return key;
  }

  /** Sets the clock of this service ahead of that of its clients. */
  public void clockAhead(Duration time) {
    ahead = time;
  }

  JsonObject claims(String jwt) {
    return Jwt.claims(jwt, key, Instant.now().plus(ahead));
  }

  Duration lifetime() {
    return lifetime;
  }

  boolean isValid(String token) {
    if (token.split("\\.", -1).length == 3 && !token.startsWith("ya29.")) {
      return isSelfSigned(token);
    }
    var end = valid.get(token);
    return end != null && Instant.now().isBefore(end);
  }

  /** A service account may also sign its own pass. */
  private boolean isSelfSigned(String jwt) {
    try {
      JsonObject claims = claims(jwt);
      return Jwt.text(claims, "sub").equals(key.email())
          && (claims.has("scope")
              || Jwt.text(claims, "aud").equals("https://storage.googleapis.com/"));
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
