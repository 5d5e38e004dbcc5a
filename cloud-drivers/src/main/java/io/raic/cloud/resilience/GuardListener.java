package io.raic.cloud.resilience;

import java.time.Instant;

/**
 * Told what people want to hear of a provider, by the thread that looks after it, which waits:
 * until this returns no canary goes out. What it throws is told once, to {@link
 * #lookingAfterFailed}.
 *
 * <p>A change is told after it has happened, and after a canary that is on its way; {@link
 * Transition#at} says when it was. One that happens before that thread starts, or after it has
 * ended, is told when it starts, or when the store is closed.
 */
public interface GuardListener {
  /** Hears nothing. */
  GuardListener DEAF =
      new GuardListener() {
        @Override
        public void changed(String provider, Transition transition) {}

        @Override
        public void credentialsEnd(String provider, Instant end, long daysLeft) {}

        @Override
        public void ledgerFailed(String provider, String reason) {}

        @Override
        public void lookingAfterFailed(String provider, String reason) {}
      };

  /** A circuit has changed its state. */
  void changed(String provider, Transition transition);

  /**
   * The credentials of a provider end soon: told once each with at most 14 days left, 7, 1, and
   * none.
   *
   * @param daysLeft whole days, rounded up; 0 if they have ended
   */
  void credentialsEnd(String provider, Instant end, long daysLeft);

  /** The counts of a provider could not be written; they are kept in memory only. */
  void ledgerFailed(String provider, String reason);

  /**
   * Something that has to be done for a provider now and then has failed, and is tried again; not
   * told again as long as it fails in the same way.
   *
   * @param reason what failed, in a line without secrets
   */
  void lookingAfterFailed(String provider, String reason);
}
