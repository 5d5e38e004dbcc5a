package io.raic.cloud.gcs;

import com.google.api.client.http.HttpTransport;
import com.google.api.client.json.JsonObjectParser;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.client.util.GenericData;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import io.raic.cloud.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Date;
import java.util.Optional;

/** Where tokens come from. Everything is read anew for each of them, so that it can be changed. */
sealed interface GcsCredentials {
  /** Reading and writing objects; not buckets, not rights. */
  String SCOPE = "https://www.googleapis.com/auth/devstorage.read_write";

  /** Nowhere: the requests carry none. */
  record None() implements GcsCredentials {}

  /**
   * A file as Google's tools write it: a service account's key, a workload identity, an
   * impersonation.
   *
   * @param json what it holds
   */
  record File(Secret json) implements GcsCredentials {}

  /**
   * The text of a token, or an object with {@code access_token} and perhaps {@code expiry}.
   *
   * @param text of it
   */
  record Token(Secret text) implements GcsCredentials {}

  /** What the environment, gcloud, or the machine's own server gives. */
  record ApplicationDefault() implements GcsCredentials {}

  /**
   * Gets a new token, which may take several requests.
   *
   * @throws IOException if they fail, or the credentials make no sense
   * @throws IllegalStateException if a file cannot be read
   */
  default AccessToken fetch(HttpTransport transport) throws IOException {
    return switch (this) {
      case None() -> throw new IllegalStateException("there are no credentials");
      case File(var json) -> fetch(parsed(json, transport));
      case Token(var text) -> token(text.reveal());
      case ApplicationDefault() -> fetch(GoogleCredentials.getApplicationDefault(() -> transport));
    };
  }

  private static GoogleCredentials parsed(Secret json, HttpTransport transport) {
    byte[] text = json.reveal().getBytes(StandardCharsets.UTF_8);
    try {
      return GoogleCredentials.fromStream(new ByteArrayInputStream(text), () -> transport);
    } catch (IOException | RuntimeException _) {
      // The library has many ways to say so, and some of them repeat what is there.
      throw new IllegalStateException(
          "the credentials are not in a form that Google's tools write");
    }
  }

  private static AccessToken fetch(GoogleCredentials credentials) throws IOException {
    var scoped = credentials.createScopedRequired() ? credentials.createScoped(SCOPE) : credentials;
    // One layer retries, and that is the driver's.
    return scoped.createWithCustomRetryStrategy(false).refreshAccessToken();
  }

  private static AccessToken token(String text) throws IOException {
    if (!text.startsWith("{")) {
      return new AccessToken(text, null);
    }
    var json =
        new JsonObjectParser(GsonFactory.getDefaultInstance())
            .parseAndClose(new StringReader(text), GenericData.class);
    if (!(json.get("access_token") instanceof String token)) {
      throw new IllegalStateException("the token's file has no access_token");
    }
    return new AccessToken(token, end(json).map(Date::from).orElse(null));
  }

  private static Optional<Instant> end(GenericData json) {
    if (!(json.get("expiry") instanceof String expiry)) {
      return Optional.empty();
    }
    try {
      return Optional.of(OffsetDateTime.parse(expiry).toInstant());
    } catch (DateTimeException _) {
      throw new IllegalStateException(
          "the expiry in the token's file is not like" + " 2030-01-31T12:00:00Z");
    }
  }

  /** Returns when they end for good; empty if that is never, not known, or cannot be read now. */
  default Optional<Instant> end() {
    if (this instanceof Token(var text)) {
      try {
        return Optional.ofNullable(token(text.reveal()).getExpirationTime()).map(Date::toInstant);
      } catch (IOException | IllegalStateException | IllegalArgumentException _) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }
}
