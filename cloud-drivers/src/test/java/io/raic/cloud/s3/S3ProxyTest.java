package io.raic.cloud.s3;

import io.raic.cloud.contract.ProviderContract;
import io.raic.cloud.registry.Driver;
import java.net.InetSocketAddress;
import java.util.Map;

class S3ProxyTest implements ProviderContract {
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
    return S3Server.s3Proxy().address();
  }

  @Override
  public Map<String, String> settingsThrough(InetSocketAddress proxy) {
    var settings = S3Server.s3Proxy().settings(proxy);
    // Of many that replace one version at once, it lets two win.
    settings.put("conditional-writes", "create-only");
    return settings;
  }

  /** It keeps objects in files, and writes them under a longer name first. */
  @Override
  public int longestNamePart() {
    return 200;
  }

  @Override
  public int partBytes() {
    return S3Backend.PART_BYTES;
  }
}
