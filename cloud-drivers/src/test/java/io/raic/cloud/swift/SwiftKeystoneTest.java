package io.raic.cloud.swift;

import io.raic.cloud.CloudBackend;
import io.raic.cloud.contract.CloudBackendContract;
import io.raic.cloud.contract.PartsContract;
import io.raic.cloud.contract.SmallHeapContract;
import io.raic.cloud.contract.StoreUse;
import io.raic.cloud.registry.Driver;
import io.raic.cloud.testbed.SwiftServer;
import java.util.Map;

/**
 * All but the many objects and the faults on the wire, which are the same whoever has logged in:
 * each test logs in, and Keystone takes its time.
 */
class SwiftKeystoneTest implements CloudBackendContract, PartsContract, SmallHeapContract {
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
    return Limits.STANDARD.parts().usual();
  }

  @Override
  public int races() {
    return 3;
  }
}
