package io.raic.cloud.swift;

import io.raic.cloud.Secret;
import java.net.URI;
import java.time.Duration;

/**
 * What a login gives.
 *
 * @param storage the account's URL
 * @param token for each request
 * @param renewNanos when to log in again before the token ends, by {@link System#nanoTime}: a
 *     server's clock may be wrong, but the length of its tokens' life is not
 * @param endNanos when the token ends
 */
record Session(URI storage, Secret token, long renewNanos, long endNanos) {
  /** Of a token that tells no end; a refused one is renewed anyway. */
  private static final Duration UNKNOWN_LIFE = Duration.ofHours(1);

  private static final Duration LONGEST_LIFE = Duration.ofDays(30);

  /** How long before its end a token is renewed, but no more than a tenth of its life. */
  private static final Duration MARGIN = Duration.ofMinutes(5);

  /** Returns the session of a token that was asked for at {@code askedNanos}. */
  static Session of(URI storage, String token, long askedNanos, Duration life) {
    long lifeNanos = Math.clamp(life.toSeconds(), 0, LONGEST_LIFE.toSeconds()) * 1_000_000_000L;
    if (lifeNanos == 0) {
      lifeNanos = UNKNOWN_LIFE.toNanos();
    }
    long margin = Math.min(MARGIN.toNanos(), lifeNanos / 10);
    long end = askedNanos + lifeNanos;
    return new Session(storage, Secret.of(token), end - margin, end);
  }

  boolean shouldBeRenewed() {
    return System.nanoTime() - renewNanos >= 0;
  }

  boolean isOver() {
    return System.nanoTime() - endNanos >= 0;
  }
}
