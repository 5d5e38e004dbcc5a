package io.raic.cloud.azure;

import static io.raic.cloud.contract.StoreUse.bytes;
import static io.raic.cloud.contract.StoreUse.drain;
import static io.raic.cloud.contract.StoreUse.put;
import static io.raic.cloud.contract.StoreUse.read;
import static io.raic.cloud.contract.StoreUse.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.cloud.BackendException.Unavailable;
import io.raic.cloud.ByteRange;
import io.raic.cloud.CloudBackend;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.registry.Backends;
import io.raic.cloud.registry.Driver;
import io.raic.cloud.testbed.AzuriteServer;
import io.raic.cloud.wire.FaultProxy;
import io.raic.cloud.wire.WireFault;
import java.net.InetSocketAddress;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class AzureDownloadTest {
  private static final ObjectKey KEY = ObjectKey.of("a");

  /** Longer than what sockets and the client take in ahead. */
  private static final int SIZE = 20 << 20;

  private static FaultProxy proxy() {
    var server = AzuriteServer.shared().endpoint();
    return new FaultProxy(new InetSocketAddress(server.getHost(), server.getPort()));
  }

  private static CloudBackend through(FaultProxy proxy, String prefix) {
    return Backends.open(
        Driver.AZURE, "test", Azurite.settings(Azurite.address(proxy.address()), prefix));
  }

  @Test
  void aDownloadWhoseConnectionBreaksGoesOnWhereItWas() {
    try (var proxy = proxy();
        var store = through(proxy, Azurite.newPrefix())) {
      put(store, KEY, bytes(1, SIZE));
      // On each connection anew.
      proxy.set(new WireFault.ResetAnswer(6 << 20));
      assertThat(read(store, KEY).orElseThrow()).isEqualTo(bytes(1, SIZE));
      proxy.set(new WireFault.Truncate(6 << 20));
      assertThat(read(store, KEY, new ByteRange(1000, SIZE - 7)).orElseThrow())
          .isEqualTo(Arrays.copyOfRange(bytes(1, SIZE), 1000, SIZE - 7));
    }
  }

  @Test
  void aDownloadDoesNotGoOnInAnotherVersion() {
    var prefix = Azurite.newPrefix();
    try (var proxy = proxy();
        var direct = proxy();
        var store = through(proxy, prefix);
        var writer = through(direct, prefix)) {
      put(store, KEY, bytes(1, SIZE));
      try (var download = store.get(KEY, ByteRange.ALL, soon()).orElseThrow()) {
        assertThat(download.read(new byte[1], 0, 1)).isOne();
        put(writer, KEY, bytes(2, SIZE));
        proxy.set(new WireFault.ResetAnswer(1 << 20));
        assertThatThrownBy(() -> drain(download))
            .isInstanceOf(Unavailable.class)
            .hasMessageContaining("the object was replaced or removed");
        assertThatThrownBy(() -> drain(download)).isInstanceOf(Unavailable.class);
      }
    }
  }
}
