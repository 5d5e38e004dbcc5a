package io.raic.cloud.box;

import io.raic.cloud.box.fake.FakeBox;
import io.raic.cloud.contract.ProviderContract;
import io.raic.cloud.registry.Driver;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** Everything that a driver has to keep, against the fake. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BoxTest implements ProviderContract {
  private final FakeBox box = FakeBox.start();
  private int folders;

  @BeforeAll
  void giveItRoom() {
    box.account().setSpaceBytes(1L << 40);
  }

  @AfterAll
  void stop() {
    box.close();
  }

  @Override
  public Driver driver() {
    return Driver.BOX;
  }

  @Override
  public Map<String, String> settings() {
    return BoxSettings.of(box.url(), box.newFolder("store" + folders++));
  }

  @Override
  public InetSocketAddress server() {
    return new InetSocketAddress(box.url().getHost(), box.url().getPort());
  }

  @Override
  public Map<String, String> settingsThrough(InetSocketAddress proxy) {
    var settings = new HashMap<>(settings());
    settings.putAll(BoxSettings.at("http://127.0.0.1:" + proxy.getPort()));
    return settings;
  }

  @Override
  public int partBytes() {
    return BoxUpload.PART_BYTES;
  }

  /** Java's client lets go of the others after half a minute by itself, and cannot be told to. */
  @Override
  public int callsLostToDeadConnections() {
    return CONNECTIONS;
  }
}
