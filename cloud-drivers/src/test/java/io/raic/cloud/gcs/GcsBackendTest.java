package io.raic.cloud.gcs;

import io.raic.cloud.contract.ProviderContract;
import io.raic.cloud.gcs.fake.GcsFake;
import io.raic.cloud.registry.Driver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;

/** The whole contract against the fake, with a service account and everything below a prefix. */
class GcsBackendTest implements ProviderContract {
  private static final AtomicInteger BUCKETS = new AtomicInteger();
  private static final GcsFake FAKE = GcsFake.start();

  @AfterAll
  static void stop() {
    FAKE.close();
  }

  @Override
  public Driver driver() {
    return Driver.GCS;
  }

  @Override
  public Map<String, String> settings() {
    return settings(FAKE.endpoint());
  }

  @Override
  public Map<String, String> settingsThrough(InetSocketAddress proxy) {
    return settings("http://127.0.0.1:" + proxy.getPort());
  }

  private static Map<String, String> settings(String endpoint) {
    String bucket = "raic-" + BUCKETS.incrementAndGet();
    FAKE.createBucket(bucket);
    var settings = new HashMap<String, String>();
    settings.put("bucket", bucket);
    settings.put("prefix", "of/one");
    settings.put("endpoint", endpoint);
    settings.put("credentials", FAKE.tokens().key().json(endpoint + "/token"));
    return settings;
  }

  @Override
  public InetSocketAddress server() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), FAKE.port());
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
