package io.raic.cloud;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * When a call must have ended, and how long each step may take in what the call opens.
 *
 * <p>A stream lasts as long as somebody feeds or drains it, so it has no end in time; each single
 * read or write of it must end within {@link #step}.
 *
 * @param step how long a step may take
 * @param endNanos when the call itself must have ended, by {@link System#nanoTime}
 */
public record Deadline(Duration step, long endNanos) {
  /** A slower transfer is as good as none. */
  public static final int MIN_BYTES_PER_SECOND = 16 << 10;

  /** Returns the deadline of a call made now. */
  public static Deadline in(Duration step) {
    if (!step.isPositive()) {
      throw new IllegalArgumentException("a call cannot end within " + step);
    }
    return new Deadline(step, System.nanoTime() + step.toNanos());
  }

  /** Returns a deadline for the next step, from now. */
  public Deadline next() {
    return in(step);
  }

  /**
   * Returns a deadline for a next step, from now, that moves {@code bytes}: later by what they take
   * at {@link #MIN_BYTES_PER_SECOND}. What stands still is cut long before, after {@link #step}.
   */
  public Deadline nextFor(long bytes) {
    long moving = TimeUnit.SECONDS.toNanos(bytes / MIN_BYTES_PER_SECOND);
    return new Deadline(step, System.nanoTime() + step.toNanos() + moving);
  }

  /** Returns what is left; not positive once it is over. */
  public Duration remaining() {
    return Duration.ofNanos(endNanos - System.nanoTime());
  }

  /** Says whether it is over. */
  public boolean isOver() {
    return endNanos - System.nanoTime() <= 0;
  }
}
