package io.raic.cloud.box.fake;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/** The time of the fake: that of the machine, and as much more as a test says. */
public final class FakeClock {
  private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

  FakeClock() {}

  /** Lets time pass. */
  public void advance(Duration by) {
    ahead.updateAndGet(before -> before.plus(by));
  }

  Instant now() {
    return Instant.now().plus(ahead.get());
  }
}
