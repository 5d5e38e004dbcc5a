package io.raic.cloud.swift;

import io.raic.cloud.CloudBackend;
import io.raic.cloud.contract.CloudBackendContract;
import io.raic.cloud.contract.PartsContract;
import io.raic.cloud.contract.SmallHeapContract;
import io.raic.cloud.contract.StoreUse;
import io.raic.cloud.contract.WireContract;
import io.raic.cloud.registry.Driver;
import io.raic.cloud.testbed.SwiftServer;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;

/** All but the many objects, which are listed the same whoever has logged in. */
class SwiftKeystoneTest
    implements CloudBackendContract, PartsContract, SmallHeapContract, WireContract {
  @Override
  public Driver driver() {
    return Driver.SWIFT;
  }

  @Override
  public Map<String, String> settings() {
    return SwiftSettings.password(SwiftServer.keystone());
  }

  @Override
  public CloudBackend emptyBackend() {
    var store = SwiftSettings.open(settings());
    store.probe(StoreUse.soon());
    return store;
  }

  @Override
  public int partBytes() {
    return Limits.STANDARD.partBytes();
  }

  @Override
  public int races() {
    return 3;
  }

  @Override
  public InetSocketAddress server() {
    return SwiftSettings.address(SwiftServer.keystone().storageUrl());
  }

  /** The catalog names the server itself; only the login does not pass the proxy. */
  @Override
  public CloudBackend through(InetSocketAddress proxy) {
    URI storage = SwiftServer.keystone().storageUrl();
    return SwiftSettings.open(
        SwiftSettings.with(settings(), "storage-url", SwiftSettings.through(proxy, storage)));
  }
}
