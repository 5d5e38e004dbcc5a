package io.raic.cloud.resilience;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What a guard needs besides its provider.
 *
 * @param clock tells people when something happened, and which month it is
 * @param nanoTime measures how long something takes
 * @param pause how to wait
 * @param ledger the file that keeps counts which must survive this process, in a directory that is
 *     made if need be; without one they begin anew with each process
 * @param listener who hears of changes
 */
public record Surroundings(
    Clock clock,
    LongSupplier nanoTime,
    Pause pause,
    Optional<Path> ledger,
    GuardListener listener) {
  /** How to wait. */
  @FunctionalInterface
  public interface Pause {
    /** Returns after {@code time}. */
    void sleep(Duration time) throws InterruptedException;
  }

  /** Returns the real ones. */
  public static Surroundings of(Optional<Path> ledger, GuardListener listener) {
    return new Surroundings(Clock.systemUTC(), System::nanoTime, Thread::sleep, ledger, listener);
  }
}
