package io.raic.cloud.resilience;

import java.time.Duration;

/**
 * When a provider counts as broken, and how often it is looked at then.
 *
 * @param slowCall a call that takes longer to be answered is slow, and one that was given up after
 *     so long without any answer opens the circuit by itself
 * @param failurePercent how many of the calls in the window have to fail for the circuit to open
 * @param slowPercent how many of them have to be slow for that
 * @param window how far back is looked, at least a second
 * @param minimumCalls in the window, before a share of them says anything
 * @param probeInterval how long a broken provider is left alone at most between two canaries
 */
public record CircuitPolicy(
    Duration slowCall,
    int failurePercent,
    int slowPercent,
    Duration window,
    int minimumCalls,
    Duration probeInterval) {
  private static final Duration LONGEST_WINDOW = Duration.ofHours(1);

  /** What suits stores reached over the internet. */
  public static final CircuitPolicy DEFAULT =
      new CircuitPolicy(
          Duration.ofSeconds(4), 50, 80, Duration.ofSeconds(60), 5, Duration.ofSeconds(30));

  /** Checks that everything can happen. */
  public CircuitPolicy {
    require(slowCall.isPositive(), "slow-call: want more than nothing");
    require(failurePercent >= 1 && failurePercent <= 100, "failure-percent: want 1 to 100");
    require(slowPercent >= 1 && slowPercent <= 100, "slow-percent: want 1 to 100");
    require(
        window.toSeconds() >= 1 && window.compareTo(LONGEST_WINDOW) <= 0, "window: want 1s to 1h");
    require(minimumCalls >= 1, "minimum-calls: want at least 1");
    require(probeInterval.isPositive(), "probe-interval: want more than nothing");
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
