package io.raic.cloud.swift;

import io.raic.cloud.BackendException;
import io.raic.cloud.Deadline;
import io.raic.cloud.Request;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import tools.jackson.databind.JsonNode;

/**
 * Keystone v3.
 *
 * @param url of Keystone, ending in v3
 * @param credentials who logs in
 * @param catalog how the storage is found in what Keystone answers
 * @param storage used in place of the one in the catalog
 */
record LoginV3(URI url, KeystoneCredentials credentials, Catalog catalog, Optional<URI> storage)
    implements Login {
  /** A catalog names each service of a cloud in each region. */
  private static final int MAX_TOKEN_BYTES = 2 << 20;

  @Override
  public Session logIn(SwiftHttp http, Request about, Deadline deadline) {
    var request = new HttpUriRequestBase("POST", URI.create(url + "/auth/tokens"));
    request.setEntity(new ByteArrayEntity(credentials.json(about), ContentType.APPLICATION_JSON));
    long asked = System.nanoTime();
    var answer = http.exchange(about, request, deadline, MAX_TOKEN_BYTES);
    if (answer.status() == 401 || answer.status() == 403) {
      throw new BackendException.AccessDenied(
          about, "Keystone refused the credentials of %s".formatted(credentials.who()));
    }
    if (answer.status() == 404) {
      throw new BackendException.AccessDenied(about, "there is no Keystone v3 at auth-url");
    }
    if (answer.status() / 100 != 2) {
      throw SwiftErrors.of(about, "login", answer);
    }
    var subject =
        answer
            .header("X-Subject-Token")
            .orElseThrow(() -> new BackendException.Unavailable(about, "Keystone gave no token"));
    var token = Json.read(about, answer.body()).path("token");
    var where = storage.orElseGet(() -> Login.storage(about, url, catalog.find(about, token)));
    return Session.of(where, subject, asked, life(token));
  }

  private static Duration life(JsonNode token) {
    try {
      var issued = Instant.parse(token.path("issued_at").asString(""));
      return Duration.between(issued, Instant.parse(token.path("expires_at").asString("")));
    } catch (DateTimeException _) {
      return Duration.ZERO;
    }
  }
}
