package io.raic.cloud.azure;

import io.raic.cloud.contract.TlsContract;
import io.raic.cloud.registry.Driver;
import io.raic.cloud.testbed.AzuriteServer;
import java.net.InetSocketAddress;
import java.util.Map;

class AzureTlsTest implements TlsContract {
  private final Front front = new Front(address());

  @Override
  public Driver driver() {
    return Driver.AZURE;
  }

  @Override
  public Front front() {
    return front;
  }

  @Override
  public Map<String, String> settingsAt(String address) {
    var account = AzuriteServer.shared().account();
    return Azurite.settings(address + "/" + account, Azurite.newPrefix());
  }

  @Override
  public int partBytes() {
    return AzureBackend.PART_BYTES;
  }

  private static InetSocketAddress address() {
    var endpoint = AzuriteServer.shared().endpoint();
    return new InetSocketAddress(endpoint.getHost(), endpoint.getPort());
  }

  /** Java's client lets go of the others after half a minute by itself, and cannot be told to. */
  @Override
  public int callsLostToDeadConnections() {
    return CONNECTIONS;
  }
}
