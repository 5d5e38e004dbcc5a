package io.raic.gateway.access;

import io.raic.gateway.schedule.Scheduler;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Knows who is let in with a token. A token that was valid is taken for valid for {@link #CACHED}
 * without asking the database, so that is how long a revocation takes; then the database is asked
 * again, and nobody comes in while it does not answer.
 *
 * <p>For any number of threads.
 */
public final class Doorkeeper {
  /** How old an answer of the database may be. */
  static final Duration CACHED = Duration.ofSeconds(1);

  /** More tokens than that in use at a time, and some are asked for more often. */
  private static final int MAX_CACHED = 10_000;

  private final Tokens tokens;
  private final Usage usage;
  private final InstantSource clock;
  private final Scheduler scheduler;

  /** By hash; only tokens that were valid. */
  private final Map<String, Known> known = new ConcurrentHashMap<>();

  /**
   * A token that was valid.
   *
   * @param asked when the database was asked, by the scheduler
   */
  private record Known(Token token, long asked) {}

  /** Asks {@code tokens}, and tells {@code usage} who came. */
  public Doorkeeper(Tokens tokens, Usage usage, InstantSource clock, Scheduler scheduler) {
    this.tokens = tokens;
    this.usage = usage;
    this.clock = clock;
    this.scheduler = scheduler;
  }

  /**
   * Returns who comes with the token {@code secret}, or nothing if it is none that is valid.
   *
   * @throws org.springframework.dao.DataAccessException if the database does not answer
   */
  Optional<Caller> admit(String secret) {
    var hash = TokenSecret.hash(secret);
    var token = hash.flatMap(this::token).filter(found -> found.isValid(clock.instant()));
    token.ifPresent(found -> usage.request(found.id(), clock.instant()));
    return token.map(Token::caller);
  }

  private Optional<Token> token(String hash) {
    long now = scheduler.nanoTime();
    var before = Optional.ofNullable(known.get(hash));
    if (before.isPresent() && now - before.get().asked() < CACHED.toNanos()) {
      return Optional.of(before.get().token());
    }
    var found = tokens.byHash(hash).filter(token -> token.isValid(clock.instant()));
    if (found.isEmpty()) {
      known.remove(hash);
    } else {
      if (known.size() >= MAX_CACHED) {
        known.clear();
      }
      known.put(hash, new Known(found.get(), now));
    }
    return found;
  }
}
