package io.raic.gateway.web;

import java.io.IOException;
import java.time.Duration;

/**
 * How fast a client sends: one that keeps a transfer waiting for next to nothing keeps its memory
 * from others. Only the time spent waiting for the client counts, not that spent on stores.
 */
final class Pace {
  /** What nobody who means it stays below, backups through slow pipes included. */
  private static final long MIN_BYTES_PER_SECOND = 128;

  /** As long as that a client may take to begin. */
  private static final Duration GRACE = Duration.ofMinutes(2);

  private long waitedNanos;
  private long bytes;

  /**
   * Notes that the client was waited for, and what came.
   *
   * @throws IOException if it is too slow
   */
  void add(long nanos, int count) throws IOException {
    waitedNanos += nanos;
    bytes += count;
    var counted = Duration.ofNanos(waitedNanos).minus(GRACE);
    if (counted.isPositive() && bytes < counted.toSeconds() * MIN_BYTES_PER_SECOND) {
      throw new IOException("the client sends too slowly");
    }
  }
}
