package io.raic.benchmarks.system;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Ends connections whose request takes too long: a read of a channel would wait for ever. */
final class Watchdog implements AutoCloseable {
  /** Longer than the gateway itself waits for anything, and than 1 GiB takes on a busy machine. */
  private static final Duration LONGEST = Duration.ofMinutes(3);

  private final ConcurrentHashMap<SocketChannel, Long> begun = new ConcurrentHashMap<>();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("watchdog").factory());

  Watchdog() {
    var ignored = clock.scheduleAtFixedRate(this::look, 1, 1, TimeUnit.SECONDS);
  }

  void watch(SocketChannel channel) {
    begun.put(channel, System.nanoTime());
  }

  void forget(SocketChannel channel) {
    begun.remove(channel);
  }

  private void look() {
    long now = System.nanoTime();
    begun.forEach((channel, since) -> {
      if (now - since > LONGEST.toNanos()) {
        try {
          channel.close();
        } catch (IOException _) {
          // It is of no more use either way.
        }
      }
    });
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
