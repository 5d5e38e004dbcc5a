package io.raic.benchmarks.system;

import java.io.IOException;
import java.util.Locale;

/** Has a gateway store and read until that takes it as long as the time before. */
final class WarmUp {
  private static final long BYTES = 1L << 28;
  private static final int LEAST_ROUNDS = 3;
  private static final double ALIKE = 0.05;

  private final Rig rig;
  private final Gateway gateway;

  WarmUp(Rig rig, Gateway gateway) {
    this.rig = rig;
    this.gateway = gateway;
  }

  /** Returns what was done, in words. */
  String run() throws IOException {
    double before = 0;
    double now = 0;
    int round = 0;
    boolean isAlike = false;
    try (var connection = rig.connect(gateway)) {
      while (round < LEAST_ROUNDS || (!isAlike && round < rig.scale().warmUpRounds())) {
        before = now;
        now = Cost.of(rig, gateway, () -> once(connection)).coreSeconds();
        isAlike = Math.abs(now - before) <= ALIKE * now;
        round++;
      }
    }
    return String.format(
        Locale.ROOT,
        "warm-up: %d rounds of 512 MiB up and 512 MiB down; the last two took %.2f and %.2f core-s%s",
        round,
        before,
        now,
        isAlike ? "" : ", which is not alike yet");
  }

  private void once(GatewayConnection connection) throws IOException {
    for (boolean hasRandomKey : new boolean[] {false, true}) {
      int file = rig.newFile();
      String cap = connection.put(file, BYTES, hasRandomKey).orFail().text();
      connection.get(cap, file, 0, BYTES, true).orFail();
      rig.clear();
    }
  }
}
