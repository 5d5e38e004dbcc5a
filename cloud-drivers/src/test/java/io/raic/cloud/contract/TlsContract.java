package io.raic.cloud.contract;

import static io.raic.cloud.contract.StoreUse.bytes;
import static io.raic.cloud.contract.StoreUse.keys;
import static io.raic.cloud.contract.StoreUse.put;
import static io.raic.cloud.contract.StoreUse.read;
import static io.raic.cloud.contract.StoreUse.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.cloud.BackendException;
import io.raic.cloud.ByteRange;
import io.raic.cloud.CloudBackend;
import io.raic.cloud.Deadline;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.call.Retrier;
import io.raic.cloud.registry.Backends;
import io.raic.cloud.registry.Driver;
import io.raic.cloud.wire.FaultProxy;
import io.raic.cloud.wire.TestCertificate;
import io.raic.cloud.wire.TlsFront;
import io.raic.cloud.wire.WireFault;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same server by TLS, and what can go wrong with that; faults come between both ends of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public interface TlsContract extends GrayContract {
  /** What a test has that the whole class shares. */
  final class Front {
    private final TestCertificate certificate = new TestCertificate();
    private final TlsFront tls;
    private TestCertificate.Before before = certificate.trust();

    /** Starts TLS in front of a server, and lets this Java trust it. */
    public Front(InetSocketAddress server) {
      tls = new TlsFront(certificate, server);
    }

    private void trust(boolean isTrusted) {
      before.close();
      before = isTrusted ? certificate.trust() : () -> {};
    }

    private void close() {
      before.close();
      tls.close();
      certificate.close();
    }
  }

  /** Returns the driver. */
  Driver driver();

  /** Returns what the class shares. */
  Front front();

  /** Returns the settings of an empty store behind {@code address}, which begins with https. */
  Map<String, String> settingsAt(String address);

  @Override
  default InetSocketAddress server() {
    return front().tls.address();
  }

  @Override
  default CloudBackend through(InetSocketAddress proxy) {
    return Backends.open(driver(), "test", settingsAt(address(proxy)));
  }

  private static String address(InetSocketAddress where) {
    return "https://127.0.0.1:" + where.getPort();
  }

  @AfterAll
  default void stop() {
    front().close();
  }

  @Test
  default void aStoreBehindTlsIsAStore() {
    try (var store = through(server())) {
      store.probe(soon());
      for (int size : new int[] {0, 1, SIZE, 2 * partBytes() + 1}) {
        var key = ObjectKey.of("of" + size);
        put(store, key, bytes(size, size));
        assertThat(read(store, key).orElseThrow()).isEqualTo(bytes(size, size));
      }
      var part = read(store, ObjectKey.of("of" + SIZE), new ByteRange(1000, 200_000));
      assertThat(part.orElseThrow())
          .isEqualTo(Arrays.copyOfRange(bytes(SIZE, SIZE), 1000, 200_000));
      assertThat(keys(store, "of")).hasSize(4);
      assertThat(store.delete(ObjectKey.of("of1"), soon())).isTrue();
      assertThat(store.stat(ObjectKey.of("of1"), soon())).isEmpty();
    }
  }

  @Test
  default void theTrustStoreOfJavaIsTrusted() throws IOException, InterruptedException {
    Transfer.run(
        front().certificate.javaOptions(), driver(), settingsAt(address(server())), 1 << 20);
  }

  @Test
  default void aCertificateThatNobodyTrustsIsRefusedInPlainWords() {
    front().trust(false);
    try (var proxy = new FaultProxy(server());
        var store = through(proxy.address())) {
      assertThatThrownBy(() -> store.stat(EndingContract.THERE, soon()))
          .isInstanceOf(BackendException.Unavailable.class)
          .hasMessageContaining("certificate")
          .hasMessageNotContaining("PKIX");
      // Not for ever.
      assertThat(proxy.made()).isLessThanOrEqualTo(Retrier.MAX_ATTEMPTS);
    } finally {
      front().trust(true);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 200})
  default void aHandshakeThatStallsEndsAtTheDeadline(long bytes) {
    WireContract.inTime(() -> {
      try (var proxy = new FaultProxy(server())) {
        try (var store = through(proxy.address())) {
          for (var fault :
              List.of(new WireFault.Stall(bytes), new WireFault.VanishInAnswer(bytes))) {
            proxy.set(fault);
            long start = System.nanoTime();
            assertThatThrownBy(() -> store.stat(EndingContract.THERE, Deadline.in(STEP)))
                .isInstanceOf(BackendException.Unavailable.class);
            assertThat(System.nanoTime() - start).isLessThan(WireContract.FOR_EVER.toNanos());
          }
          GrayContract.assertEndsAtInterrupt(proxy, () -> store.stat(EndingContract.THERE, soon()));
          proxy.clear();
          store.probe(soon());
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
        assertNothingIsLeft(proxy);
      }
    });
  }
}
