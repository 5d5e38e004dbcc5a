package io.raic.benchmarks.system;

import io.raic.crypto.capability.Capabilities;
import java.io.IOException;

/**
 * A file that the gateway has stored.
 *
 * @param number of its pattern
 * @param length in bytes
 * @param capability to read it
 */
record StoredFile(int number, long length, String capability) {
  static StoredFile put(Rig rig, GatewayConnection connection, long length, boolean hasRandomKey)
      throws IOException {
    int number = rig.newFile();
    String cap = connection.put(number, length, hasRandomKey).orFail().text();
    return new StoredFile(number, length, cap);
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
