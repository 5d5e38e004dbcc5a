package io.raic.cloud.contract;

import io.raic.cloud.CloudBackend;
import io.raic.cloud.registry.Backends;
import java.net.InetSocketAddress;
import java.util.Map;

/**
 * Everything that the driver of a provider over a network has to keep, against a real server of the
 * provider's protocol, or a strict fake of one.
 */
public interface ProviderContract
    extends CloudBackendContract,
        PartsContract,
        ManyObjectsContract,
        SmallHeapContract,
        WireContract,
        GrayContract {
  /** Returns {@link #settings()} so that every request goes through the proxy at that address. */
  Map<String, String> settingsThrough(InetSocketAddress proxy);

  @Override
  default CloudBackend emptyBackend() {
    var store = Backends.open(driver(), "test", settings());
    store.probe(StoreUse.soon());
    return store;
  }

  @Override
  default CloudBackend through(InetSocketAddress proxy) {
    return Backends.open(driver(), "test", settingsThrough(proxy));
  }

  /** Requests over a socket take longer than those to a disk. */
  @Override
  default int races() {
    return 3;
  }
}
