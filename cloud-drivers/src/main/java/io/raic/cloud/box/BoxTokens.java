package io.raic.cloud.box;

import io.raic.cloud.BackendException;
import io.raic.cloud.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The access token of a store: fetched when first needed, replaced a little before it ends, and
 * when Box refuses it. Whoever needs a new one while it is fetched waits for that one. For any
 * thread.
 */
final class BoxTokens {
  /** A token that ends sooner is not used any more: clocks differ, and requests take time. */
  private static final Duration MARGIN = Duration.ofSeconds(90);

  /**
   * An access token.
   *
   * @param secret itself
   * @param end when it ends, by Box's word and this machine's clock
   */
  record Token(Secret secret, Instant end) {
    /** Says whether it can be used for a while yet. */
    boolean isFresh() {
      return Instant.now().plus(MARGIN).isBefore(end);
    }
  }

  /** How a store comes by its tokens. */
  interface Grant {
    /**
     * Returns a new token.
     *
     * @param refused the one that Box does not take any more, if there is one
     * @throws BoxRefusal if Box gives none
     * @throws BackendException if there is no way to get one
     */
    Token grant(BoxCall call, Optional<Token> refused);

    /** Returns when nothing more can be got without somebody's help; empty if that is never. */
    Optional<Instant> end();
  }

  private final Grant grant;
  private final ReentrantLock fetching = new ReentrantLock();
  private volatile Optional<Token> current = Optional.empty();

  BoxTokens(Grant grant) {
    this.grant = grant;
  }

  Optional<Instant> end() {
    return grant.end();
  }

  /** Returns a token that should be good. */
  Token current(BoxCall call) {
    return current.filter(Token::isFresh).orElseGet(() -> fetch(call, Optional.empty()));
  }

  /** Returns another token than the one that was refused. */
  Token renew(BoxCall call, Token refused) {
    return fetch(call, Optional.of(refused));
  }

  private Token fetch(BoxCall call, Optional<Token> refused) {
    lock(call);
    try {
      // Somebody may have fetched one while this thread waited.
      var there = current.filter(Token::isFresh).filter(t -> !refused.equals(Optional.of(t)));
      if (there.isPresent()) {
        return there.get();
      }
      var token = grant.grant(call, refused);
      current = Optional.of(token);
      return token;
    } catch (BoxRefusal refusal) {
      throw failed(call, refusal);
    } finally {
      fetching.unlock();
    }
  }

  private void lock(BoxCall call) {
    try {
      if (!fetching.tryLock(call.deadline().remaining().toNanos(), TimeUnit.NANOSECONDS)) {
        throw new BackendException.Unavailable(call.request(), "no token in time");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new BackendException.Unavailable(call.request(), "interrupted");
    }
  }

  /** Says in plain words why there is no token. */
  private static BackendException failed(BoxCall call, BoxRefusal refusal) {
    if (refusal.status() != 400 && refusal.status() != 401 && refusal.status() != 403) {
      return BoxErrors.translate(call.request(), refusal);
    }
    String why =
        switch (refusal.code()) {
          case "invalid_client" -> "Box does not know the client id with this secret";
          case "unauthorized_client" ->
              "an administrator has not authorized the application in the enterprise";
          case "invalid_grant" ->
              refusal.words().contains("'exp'")
                  ? "Box does not accept the time: is the clock of this machine right?"
                  : "Box does not accept the subject, key or refresh token";
          default -> "Box gives no token";
        };
    return new BackendException.AccessDenied(
        call.request(), "%s: %s %s".formatted(why, refusal.code(), refusal.words()).strip());
  }
}
