package io.raic.cloud.gcs;

import io.raic.cloud.contract.TlsContract;
import io.raic.cloud.gcs.fake.GcsFake;
import io.raic.cloud.registry.Driver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;

class GcsTlsTest implements TlsContract {
  private static final AtomicInteger BUCKETS = new AtomicInteger();
  private static final GcsFake FAKE = GcsFake.start();

  private final Front front =
      new Front(new InetSocketAddress(InetAddress.getLoopbackAddress(), FAKE.port()));

  GcsTlsTest() {
    FAKE.standBehindTls();
  }

  @AfterAll
  static void stopFake() {
    FAKE.close();
  }

  @Override
  public Driver driver() {
    return Driver.GCS;
  }

  @Override
  public Front front() {
    return front;
  }

  @Override
  public Map<String, String> settingsAt(String address) {
    String bucket = "raic-tls-" + BUCKETS.incrementAndGet();
    FAKE.createBucket(bucket);
    return Map.of(
        "bucket", bucket,
        "endpoint", address,
        "credentials", FAKE.tokens().key().json(address + "/token"));
  }

  @Override
  public int partBytes() {
    return GcsDriver.PART_BYTES;
  }

  /** Java lets go of the others after five seconds by itself. */
  @Override
  public int callsLostToDeadConnections() {
    return CONNECTIONS;
  }

  /** They are Java's, not the store's, and end some seconds after it. */
  @Override
  public int connectionsAfterClose() {
    return CONNECTIONS;
  }
}
