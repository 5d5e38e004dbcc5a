package io.raic.cloud.s3;

import io.raic.cloud.contract.ProviderContract;
import io.raic.cloud.registry.Driver;
import java.net.InetSocketAddress;
import java.util.Map;

class RadosGatewayTest implements ProviderContract {
  @Override
  public Driver driver() {
    return Driver.S3;
  }

  @Override
  public Map<String, String> settings() {
    return settingsThrough(server());
  }

  @Override
  public InetSocketAddress server() {
    return S3Server.radosGateway().address();
  }

  @Override
  public Map<String, String> settingsThrough(InetSocketAddress proxy) {
    return S3Server.radosGateway().settings(proxy);
  }

  @Override
  public int partBytes() {
    return S3Backend.PART_BYTES;
  }
}
