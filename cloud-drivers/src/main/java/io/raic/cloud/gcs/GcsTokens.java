package io.raic.cloud.gcs;

import com.google.api.client.http.HttpTransport;
import com.google.auth.oauth2.AccessToken;
import io.raic.cloud.BackendException;
import io.raic.cloud.Deadline;
import io.raic.cloud.Request;
import io.raic.cloud.call.Watch;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * The token that goes with the requests of a store. It is renewed before it ends, once for all who
 * want it, and by a thread of its own: a caller who is interrupted, or has no more time, stops
 * waiting and takes nothing from the others. For any thread.
 */
final class GcsTokens {
  /** A token that ends within this is renewed while it is still used. */
  private static final Duration EARLY = Duration.ofMinutes(5);

  /** A token that ends within this is not used any more. */
  private static final Duration SPARE = Duration.ofSeconds(10);

  /** How long a renewal may take. */
  private static final Duration RENEWAL = Duration.ofSeconds(30);

  /** What can stand in a header, so that a file cannot add headers. */
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._~+/=-]{1,16384}");

  private final GcsCredentials credentials;
  private final HttpTransport transport;
  private Optional<AccessToken> current = Optional.empty();
  private Optional<CompletableFuture<AccessToken>> renewal = Optional.empty();

  GcsTokens(GcsCredentials credentials, HttpTransport transport) {
    this.credentials = credentials;
    this.transport = transport;
  }

  /**
   * Returns a token; empty where none is wanted.
   *
   * @throws BackendException if there is none in time
   */
  Optional<String> current(Request request, Deadline deadline) {
    if (credentials instanceof GcsCredentials.None) {
      return Optional.empty();
    }
    CompletableFuture<AccessToken> coming;
    synchronized (this) {
      if (lasts(EARLY)) {
        return text();
      }
      coming = renew();
      if (lasts(SPARE)) {
        return text();
      }
    }
    return Optional.of(await(coming, request, deadline).getTokenValue());
  }

  /** Gives up a token that the service did not take; the next one is fetched when it is wanted. */
  synchronized void reject(String token) {
    if (current.filter(c -> c.getTokenValue().equals(token)).isPresent()) {
      current = Optional.empty();
    }
  }

  private boolean lasts(Duration time) {
    return current
        .filter(token ->
            token.getExpirationTime() == null
                || token.getExpirationTime().toInstant().isAfter(Instant.now().plus(time)))
        .isPresent();
  }

  private Optional<String> text() {
    return current.map(AccessToken::getTokenValue);
  }

  /** Returns the renewal that is going on, or begins one. */
  private CompletableFuture<AccessToken> renew() {
    return renewal.orElseGet(() -> {
      var coming = new CompletableFuture<AccessToken>();
      renewal = Optional.of(coming);
      Thread.ofVirtual().name("gcs-token").start(() -> fetch(coming));
      return coming;
    });
  }

  private void fetch(CompletableFuture<AccessToken> coming) {
    try (var _ = Watch.ofThisThread(Deadline.in(RENEWAL))) {
      var token = credentials.fetch(transport);
      if (!FORM.matcher(token.getTokenValue()).matches()) {
        throw new IllegalStateException("the token has characters that no token has");
      }
      synchronized (this) {
        current = Optional.of(token);
        renewal = Optional.empty();
      }
      coming.complete(token);
    } catch (IOException | RuntimeException e) {
      failed(coming, e);
    } catch (Error e) {
      // Such as a class that is missing: nobody may wait for it all the same.
      failed(coming, e);
      throw e;
    }
  }

  /** Tells whoever waits; the next one who wants a token tries again. */
  private void failed(CompletableFuture<AccessToken> coming, Throwable reason) {
    synchronized (this) {
      renewal = Optional.empty();
    }
    coming.completeExceptionally(reason);
  }

  private static AccessToken await(
      CompletableFuture<AccessToken> coming, Request request, Deadline deadline) {
    try {
      return coming.get(Math.max(1, deadline.remaining().toNanos()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException _) {
      throw new BackendException.Unavailable(request, "no access token came in time");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new BackendException.Unavailable(request, "interrupted");
    } catch (ExecutionException e) {
      throw GcsErrors.ofToken(request, Objects.requireNonNullElse(e.getCause(), e));
    }
  }
}
