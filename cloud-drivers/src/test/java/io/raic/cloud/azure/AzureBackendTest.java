package io.raic.cloud.azure;

import io.raic.cloud.contract.ProviderContract;
import io.raic.cloud.registry.Driver;
import io.raic.cloud.testbed.AzuriteServer;
import java.net.InetSocketAddress;
import java.util.Map;

class AzureBackendTest implements ProviderContract {
  @Override
  public Driver driver() {
    return Driver.AZURE;
  }

  @Override
  public Map<String, String> settings() {
    return Azurite.settings(Azurite.address(server()), Azurite.newPrefix());
  }

  @Override
  public Map<String, String> settingsThrough(InetSocketAddress proxy) {
    return Azurite.settings(Azurite.address(proxy), Azurite.newPrefix());
  }

  @Override
  public InetSocketAddress server() {
    var endpoint = AzuriteServer.shared().endpoint();
    return new InetSocketAddress(endpoint.getHost(), endpoint.getPort());
  }

  @Override
  public int partBytes() {
    return AzureBackend.PART_BYTES;
  }

  /** Java's client lets go of the others after half a minute by itself, and cannot be told to. */
  @Override
  public int callsLostToDeadConnections() {
    return CONNECTIONS;
  }
}
