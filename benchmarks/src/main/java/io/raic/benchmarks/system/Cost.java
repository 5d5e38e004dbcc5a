package io.raic.benchmarks.system;

import io.raic.benchmarks.system.store.Counts;
import java.io.IOException;

/**
 * What some work took.
 *
 * @param coreSeconds of the gateway
 * @param seconds that passed
 * @param asked of the stores
 */
record Cost(double coreSeconds, double seconds, Counts asked) {
  private static final double GIB = 1L << 30;
  private static final double MIB = 1L << 20;

  /** What is measured. */
  @FunctionalInterface
  interface Work {
    void run() throws IOException;
  }

  static Cost of(Rig rig, Gateway gateway, Work work) throws IOException {
    var asked = rig.counts();
    double core = gateway.facts().coreSeconds();
    long start = System.nanoTime();
    work.run();
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Cost(gateway.facts().coreSeconds() - core, seconds, rig.counts().since(asked));
  }

  double coreSecondsPerGib(long bytes) {
    return coreSeconds / (bytes / GIB);
  }

  double mibPerSecond(long bytes) {
    return bytes / MIB / seconds;
  }
}
