package io.raic.cloud.azure;

import io.raic.cloud.testbed.AzuriteServer;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** How tests use the server they share: each with a prefix of its own. */
final class Azurite {
  private static final AtomicInteger PREFIXES = new AtomicInteger();

  private Azurite() {}

  static String newPrefix() {
    return "run%d/%d".formatted(ProcessHandle.current().pid(), PREFIXES.incrementAndGet());
  }

  static String address(InetSocketAddress server) {
    return "http://127.0.0.1:%d/%s".formatted(server.getPort(), AzuriteServer.shared().account());
  }

  static Map<String, String> settings(String endpoint, String prefix) {
    var server = AzuriteServer.shared();
    return Map.of(
        "endpoint", endpoint,
        "account", server.account(),
        "account-key", server.accountKey(),
        "container", server.container(),
        "prefix", prefix);
  }
}
