package io.raic.cloud.azure;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import io.raic.cloud.BackendException;
import io.raic.cloud.Deadline;
import io.raic.cloud.Request;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Tokens of Microsoft Entra, renewed before they end.
 *
 * <p>Whoever needs a token waits for it until its own deadline. One request for a token is under
 * way at most, on a thread of its own, so that a caller that gives up leaves it to the others.
 * While the token that is there is still good, nobody waits.
 */
final class EntraCredential implements AzureCredential {
  /** What a token for any storage account is asked for. */
  static final String SCOPE = "https://storage.azure.com/.default";

  /** A token is renewed when it has this long to go. */
  static final Duration EARLY = Duration.ofMinutes(5);

  /** A token with no longer to go than this is not used: it could end on the way. */
  static final Duration LATEST = Duration.ofSeconds(20);

  /** A request for a token that takes longer is given up, and another one made. */
  private static final Duration LONGEST_FETCH = Duration.ofMinutes(2);

  /** After a failure while the token is still good, renewing is tried again this much later. */
  private static final Duration PAUSE = Duration.ofSeconds(30);

  private static final String BEARER = "Bearer ";

  /** Where tokens come from. */
  @FunctionalInterface
  interface Source extends Supplier<TokenCredential> {}

  /** A request for a token. */
  private record Fetch(FutureTask<AccessToken> task, Thread thread, Instant since) {}

  private final Source source;
  private final Optional<Instant> end;
  private final InstantSource clock;
  private Optional<TokenCredential> credential = Optional.empty();
  private Optional<AccessToken> token = Optional.empty();
  private Optional<Fetch> fetch = Optional.empty();

  /**
   * Takes tokens from {@code source}.
   *
   * @param source makes a credential with no tokens yet; asked again after one was refused
   * @param end when what is behind it ends for good, if that is known
   */
  EntraCredential(Source source, Optional<Instant> end, InstantSource clock) {
    this.source = source;
    this.end = end;
    this.clock = clock;
  }

  @Override
  public String sign(
      Request request,
      String method,
      String address,
      Map<String, String> headers,
      Deadline deadline) {
    headers.put(AUTHORIZATION, BEARER + token(request, deadline));
    return address;
  }

  private String token(Request request, Deadline deadline) {
    var now = clock.instant();
    FutureTask<AccessToken> task;
    synchronized (this) {
      var usable = token.filter(t -> now.plus(LATEST).isBefore(t.getExpiresAt().toInstant()));
      boolean isFresh =
          usable.filter(t -> now.plus(EARLY).isBefore(t.getExpiresAt().toInstant())).isPresent();
      if (!isFresh && !(usable.isPresent() && hasJustFailed(now))) {
        fetch = Optional.of(underWay(now).orElseGet(() -> begin(now)));
      }
      if (usable.isPresent()) {
        return usable.get().getToken();
      }
      task = fetch.orElseThrow().task();
    }
    return await(task, request, deadline).getToken();
  }

  private boolean hasJustFailed(Instant now) {
    return fetch.filter(f -> f.task().isDone() && now.isBefore(f.since().plus(PAUSE))).isPresent();
  }

  private Optional<Fetch> underWay(Instant now) {
    var running = fetch.filter(f -> !f.task().isDone());
    running
        .filter(f -> now.isAfter(f.since().plus(LONGEST_FETCH)))
        .ifPresent(f -> f.thread().interrupt());
    return running.filter(f -> !now.isAfter(f.since().plus(LONGEST_FETCH)));
  }

  private Fetch begin(Instant now) {
    var task = new FutureTask<>(this::ask);
    return new Fetch(task, Thread.ofVirtual().name("entra-token").start(task), now);
  }

  private AccessToken ask() {
    TokenCredential asked;
    synchronized (this) {
      if (credential.isEmpty()) {
        credential = Optional.of(source.get());
      }
      asked = credential.get();
    }
    var got = asked.getTokenSync(new TokenRequestContext().addScopes(SCOPE));
    synchronized (this) {
      token = Optional.of(got);
    }
    return got;
  }

  private static AccessToken await(
      FutureTask<AccessToken> task, Request request, Deadline deadline) {
    try {
      return task.get(Math.max(0, deadline.remaining().toNanos()), TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new BackendException.Unavailable(request, "interrupted");
    } catch (TimeoutException _) {
      throw new BackendException.Unavailable(
          request, "Microsoft Entra, or the machine's identity service, gives no token in time");
    } catch (ExecutionException e) {
      throw EntraErrors.of(request, e.getCause());
    }
  }

  @Override
  public Optional<Instant> end() {
    return end;
  }

  @Override
  public String whyDoubted(Instant now) {
    return end.filter(instant -> !instant.isAfter(now))
        .map(instant -> "the certificate has ended at " + instant)
        .orElse("the token is not one for this account: is the tenant that of the subscription?");
  }

  @Override
  public synchronized boolean renew(Map<String, String> headers) {
    // Others may have been refused the same token, and have a new one already.
    if (token.filter(t -> (BEARER + t.getToken()).equals(headers.get(AUTHORIZATION))).isPresent()) {
      token = Optional.empty();
      credential = Optional.empty();
    }
    return true;
  }
}
