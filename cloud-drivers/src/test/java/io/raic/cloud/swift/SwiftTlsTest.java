package io.raic.cloud.swift;

import io.raic.cloud.contract.TlsContract;
import io.raic.cloud.registry.Driver;
import io.raic.cloud.testbed.SwiftServer;
import java.util.Map;

class SwiftTlsTest implements TlsContract {
  private final Front front = new Front(SwiftSettings.address(SwiftServer.tempAuth().authUrl()));

  @Override
  public Driver driver() {
    return Driver.SWIFT;
  }

  @Override
  public Front front() {
    return front;
  }

  /** TempAuth names the storage by an address without TLS. */
  @Override
  public Map<String, String> settingsAt(String address) {
    var settings = SwiftSettings.tempAuth(SwiftServer.tempAuth());
    settings =
        SwiftSettings.with(
            settings, "auth-url", address + SwiftServer.tempAuth().authUrl().getRawPath());
    return SwiftSettings.with(settings, "storage-url", address + "/v1/AUTH_test");
  }

  @Override
  public int partBytes() {
    return Limits.STANDARD.parts().usual();
  }
}
