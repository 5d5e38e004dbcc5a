package io.raic.cloud.resilience;

import java.time.Instant;

/**
 * Told what people want to hear of a provider. Called by whichever thread finds out, which waits:
 * it must be quick and must not fail.
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
}
