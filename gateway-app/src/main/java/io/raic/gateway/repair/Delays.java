package io.raic.gateway.repair;

import io.raic.crypto.capability.StorageIndex;
import io.raic.gateway.grid.Shortfall;
import io.raic.gateway.schedule.Scheduler;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * When files are tried again that could not be mended: each after twice as long as before, within
 * six hours. As many as there are shortfalls at most. For one thread.
 */
final class Delays {
  private static final Duration LONGEST = Duration.ofHours(6);

  private final Duration first;
  private final Scheduler scheduler;
  private final Map<StorageIndex, Delay> delays = new HashMap<>();

  private record Delay(Duration length, long startNanos) {}

  /** Delays nothing yet; a file by twice {@code usual} at first. */
  Delays(Duration usual, Scheduler scheduler) {
    this.first = usual.multipliedBy(2);
    this.scheduler = scheduler;
  }

  /** Says whether a file may be tried. */
  boolean isDue(Shortfall shortfall) {
    var delay = delays.get(shortfall.cap().storageIndex());
    return delay == null || scheduler.nanoTime() - delay.startNanos() >= delay.length().toNanos();
  }

  /** Notes that trying a file was no use. */
  void delay(Shortfall shortfall) {
    long now = scheduler.nanoTime();
    delays.merge(
        shortfall.cap().storageIndex(),
        new Delay(shorter(first), now),
        (before, _) -> new Delay(shorter(before.length().multipliedBy(2)), now));
  }

  private static Duration shorter(Duration length) {
    return length.compareTo(LONGEST) < 0 ? length : LONGEST;
  }

  /** Forgets all but {@code shortfalls}. */
  void keepOnly(Collection<Shortfall> shortfalls) {
    delays
        .keySet()
        .retainAll(
            shortfalls.stream().map(s -> s.cap().storageIndex()).collect(Collectors.toSet()));
  }
}
