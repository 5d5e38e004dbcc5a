package io.raic.gateway.grid;

import java.io.IOException;
import java.time.Duration;

/** Too many transfers at once. */
public final class BusyException extends IOException {
  private static final long serialVersionUID = 1;

  private final Duration retryAfter;

  BusyException(Duration retryAfter) {
    super("too many transfers at once: try again");
    this.retryAfter = retryAfter;
  }

  /** Returns when to try again. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
