package io.raic.gateway.watch;

import java.util.Locale;
import java.util.Map;

/**
 * What the catalog knows of all stored files, as metrics and health want it. For any thread; asked
 * with each scrape, so an answer is kept rather than counted anew.
 */
public interface FileCounts {
  /** How far a file is from being lost. */
  enum Redundancy {
    /** All shares are where they should be. */
    FULL,
    /** Some are missing, and at least one more than needed is there. */
    DEGRADED,
    /** Exactly as many are there as are needed. */
    CRITICAL,
    /** Fewer are there. */
    LOST;

    /** Returns it as it stands in a metric. */
    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Returns how many files there are of each kind; one that is missing is none. */
  Map<Redundancy, Long> byRedundancy();

  /** Returns how many files that can be read now could not be read without a provider. */
  long unreadableWithout(String provider);
}
