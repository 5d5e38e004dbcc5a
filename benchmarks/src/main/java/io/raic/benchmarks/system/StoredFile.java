package io.raic.benchmarks.system;

import io.raic.crypto.capability.Capabilities;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * A file that the gateway has stored.
 *
 * @param number of its pattern
 * @param length in bytes
 * @param capability to read it
 */
record StoredFile(int number, long length, String capability) {
  private static final int ATTEMPTS = 60;
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** Stores a file; a gateway that has no room or no stores for it just now is asked again. */
  static StoredFile put(Rig rig, GatewayConnection connection, long length, boolean hasRandomKey)
      throws IOException {
    int number = rig.newFile();
    var outcome = connection.put(number, length, hasRandomKey);
    for (int attempt = 1; outcome.status() == 503 && attempt < ATTEMPTS; attempt++) {
      LockSupport.parkNanos(PAUSE.toNanos());
      outcome = connection.put(number, length, hasRandomKey);
    }
    return new StoredFile(number, length, outcome.orFail().text());
  }

  GatewayConnection.Outcome get(GatewayConnection connection) throws IOException {
    return connection.get(capability, number, 0, length, true);
  }

  GatewayConnection.Outcome get(GatewayConnection connection, long start, long end)
      throws IOException {
    return connection.get(capability, number, start, end, false);
  }

  /** Returns what the names of its shares begin with. */
  String keys() {
    String index = Capabilities.parse(capability).index().map(found -> found.text()).orElse("none");
    return "shares/%s/%s/".formatted(index.substring(0, 2), index);
  }
}
