package io.raic.cloud.resilience;

import io.raic.cloud.CloudBackend;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Tells when credentials are about to end: at 14 days, 7, 1 and none. For one thread at a time. */
final class CredentialWatch {
  private static final List<Long> DAYS = List.of(14L, 7L, 1L, 0L);
  private static final long SECONDS_A_DAY = Duration.ofDays(1).toSeconds();

  private final CloudBackend driver;
  private final Surroundings around;
  private Optional<Instant> end = Optional.empty();
  private long told = Long.MAX_VALUE;

  CredentialWatch(CloudBackend driver, Surroundings around) {
    this.driver = driver;
    this.around = around;
  }

  /** Looks, and tells what was not told yet. */
  void look() {
    var now = driver.credentialsEnd();
    if (!now.equals(end)) {
      end = now;
      told = Long.MAX_VALUE;
    }
    now.ifPresent(this::look);
  }

  private void look(Instant until) {
    long seconds = Duration.between(around.clock().instant(), until).toSeconds();
    long left = Math.max(0, Math.ceilDiv(seconds, SECONDS_A_DAY));
    long due = DAYS.stream().filter(day -> left <= day).mapToLong(day -> day).min().orElse(-1);
    if (due >= 0 && due < told) {
      told = due;
      around.listener().credentialsEnd(driver.id(), until, left);
    }
  }
}
