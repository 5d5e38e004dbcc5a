package io.raic.gateway.system;

import io.raic.cloud.CloudBackend;
import io.raic.cloud.contract.StoreUse;
import io.raic.cloud.registry.Backends;
import io.raic.cloud.registry.Driver;
import io.raic.cloud.wire.FaultProxy;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A provider that the gateway reaches through a proxy, and a test reaches directly. */
final class Cloud implements AutoCloseable {
  private final String id;
  private final Driver driver;
  private final FaultProxy wire;
  private final CloudBackend direct;
  private final Map<String, String> throughTheProxy;

  /**
   * Puts a proxy in front of a server.
   *
   * @param server where it answers
   * @param settings makes the driver's settings for a server at an address
   */
  Cloud(String id, Driver driver, URI server, Function<String, Map<String, String>> settings) {
    this.id = id;
    this.driver = driver;
    this.wire = new FaultProxy(new InetSocketAddress(server.getHost(), server.getPort()));
    this.direct = Backends.open(driver, id, settings.apply(address(server, server.getPort())));
    this.throughTheProxy = new HashMap<>(settings.apply(address(server, wire.address().getPort())));
  }

  private static String address(URI server, int port) {
    return "%s://127.0.0.1:%d".formatted(server.getScheme(), port);
  }

  String id() {
    return id;
  }

  FaultProxy wire() {
    return wire;
  }

  CloudBackend direct() {
    return direct;
  }

  /** Returns the names of what it has. */
  List<String> keys() {
    return StoreUse.keys(direct, "shares/");
  }

  /** Returns its entry in the gateway's settings, in YAML. */
  String yaml() {
    var entry = new StringBuilder("    - id: %s%n      type: %s%n".formatted(id, driver.type()));
    throughTheProxy.forEach((name, value) ->
        entry.append("      %s: '%s'%n".formatted(name, value.replace("'", "''"))));
    return entry.toString();
  }

  @Override
  public void close() {
    wire.close();
    direct.close();
  }
}
