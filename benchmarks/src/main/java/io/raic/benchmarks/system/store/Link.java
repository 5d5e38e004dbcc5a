package io.raic.benchmarks.system.store;

import java.time.Duration;

/**
 * The line to a store.
 *
 * @param latency what passes before an answer begins
 * @param bytesPerSecond what goes through it each way, of all connections together; 0 if that is
 *     not limited
 */
public record Link(Duration latency, long bytesPerSecond) {
  /** Nothing but loopback. */
  public static final Link LOOPBACK = new Link(Duration.ZERO, 0);

  /** Returns a line that is so many times slower. */
  public Link slower(int times) {
    return new Link(latency.multipliedBy(times), bytesPerSecond / times);
  }
}
