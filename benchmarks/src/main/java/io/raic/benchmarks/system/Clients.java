package io.raic.benchmarks.system;

import java.io.IOException;
import java.util.ArrayList;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** Clients that do the same over and over at once, each with a connection and a thread. */
final class Clients {
  /** What a client does. */
  @FunctionalInterface
  interface Step {
    /**
     * Does it.
     *
     * @param number how many times it was done before, by any of them
     */
    void run(GatewayConnection connection, int number) throws IOException;
  }

  private final Rig rig;
  private final Gateway gateway;
  private final int count;

  Clients(Rig rig, Gateway gateway, int count) {
    this.rig = rig;
    this.gateway = gateway;
    this.count = count;
  }

  /**
   * Does {@code step} so many times.
   *
   * @throws IOException if a step throws one
   */
  void times(int times, Step step) throws IOException {
    var next = new AtomicInteger();
    run(next, () -> next.get() < times, times, step);
  }

  /** Does {@code step} for some seconds. */
  void seconds(int seconds, Step step) throws IOException {
    var next = new AtomicInteger();
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    run(next, () -> System.nanoTime() < end, Integer.MAX_VALUE, step);
  }

  private void run(AtomicInteger next, BooleanSupplier goesOn, int most, Step step)
      throws IOException {
    var failures = new ConcurrentLinkedQueue<IOException>();
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < count; i++) {
      threads.add(
          Thread.ofPlatform()
              .daemon()
              .start(() -> {
                try (var connection = rig.connect(gateway)) {
                  while (goesOn.getAsBoolean() && failures.isEmpty()) {
                    int number = next.getAndIncrement();
                    if (number >= most) {
                      return;
                    }
                    step.run(connection, number);
                  }
                } catch (IOException e) {
                  failures.add(e);
                }
              }));
    }
    for (var thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }
    var failure = failures.poll();
    if (failure != null) {
      throw failure;
    }
  }
}
