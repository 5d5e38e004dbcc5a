package io.raic.cloud.swift;

import io.raic.cloud.contract.ProviderContract;
import io.raic.cloud.registry.Driver;
import io.raic.cloud.testbed.SwiftServer;
import java.net.InetSocketAddress;
import java.util.Map;

class SwiftTempAuthTest implements ProviderContract {
  @Override
  public Driver driver() {
    return Driver.SWIFT;
  }

  @Override
  public Map<String, String> settings() {
    return SwiftSettings.tempAuth(SwiftServer.tempAuth());
  }

  @Override
  public int partBytes() {
    return Limits.STANDARD.parts().usual();
  }

  @Override
  public InetSocketAddress server() {
    return SwiftSettings.address(SwiftServer.tempAuth().authUrl());
  }

  /** TempAuth names the storage by the address that it was asked at. */
  @Override
  public Map<String, String> settingsThrough(InetSocketAddress proxy) {
    return SwiftSettings.with(
        settings(), "auth-url", SwiftSettings.through(proxy, SwiftServer.tempAuth().authUrl()));
  }
}
