package io.raic.cloud.testbed;

import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Assumptions;

/**
 * What becomes of a test whose server is absent: it is skipped with the reason; where {@code
 * CI=true} it fails, so that no driver goes untested unseen. A server that is there and breaks
 * fails everywhere.
 */
public final class Presence {
  private Presence() {}

  /**
   * Returns what {@code start} does, unless that is absent.
   *
   * @param start throws {@link ServerAbsent} if it cannot be had here
   */
  public static <T> T require(Supplier<T> start) {
    boolean mustBeThere = Boolean.parseBoolean(System.getenv("CI"));
    return require(start, mustBeThere);
  }

  static <T> T require(Supplier<T> start, boolean mustBeThere) {
    try {
      return start.get();
    } catch (ServerAbsent e) {
      if (mustBeThere) {
        throw new AssertionError("CI=true, and a server is absent: " + e.getMessage(), e);
      }
      return Assumptions.abort(Optional.ofNullable(e.getMessage()).orElse("absent"));
    }
  }
}
