package io.raic.gateway.bench;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Times that were measured of one thing.
 *
 * @param times from the shortest to the longest
 */
public record Spread(List<Duration> times) {
  /** Sorts them. */
  public Spread {
    times = times.stream().sorted().toList();
  }

  /** Returns the one in the middle. */
  public Optional<Duration> median() {
    return quantile(50);
  }

  /** Returns the one that 95 in 100 are not above, which of few is the longest. */
  public Optional<Duration> p95() {
    return quantile(95);
  }

  private Optional<Duration> quantile(int percent) {
    return times.isEmpty()
        ? Optional.empty()
        : Optional.of(times.get(Math.ceilDiv(times.size() * percent, 100) - 1));
  }
}
