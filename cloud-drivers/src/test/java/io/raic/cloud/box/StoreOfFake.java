package io.raic.cloud.box;

import io.raic.cloud.CloudBackend;
import io.raic.cloud.box.fake.FakeBox;
import io.raic.cloud.registry.Backends;
import io.raic.cloud.registry.Driver;
import java.util.HashMap;
import java.util.Map;

/** A fake with a store in it. */
final class StoreOfFake implements AutoCloseable {
  final FakeBox box = FakeBox.start();
  final String folder = box.newFolder("store");
  private final CloudBackend store;

  StoreOfFake() {
    this(Map.of());
  }

  /** Makes one with some settings that are not the usual ones. */
  StoreOfFake(Map<String, String> more) {
    store = open(more);
  }

  CloudBackend store() {
    return store;
  }

  /** Opens the same store once more, as another gateway that has seen nothing of it. */
  CloudBackend another() {
    return open(Map.of());
  }

  CloudBackend open(Map<String, String> more) {
    var settings = new HashMap<>(BoxSettings.of(box.url(), folder));
    settings.putAll(more);
    return Backends.open(Driver.BOX, "box", settings);
  }

  @Override
  public void close() {
    store.close();
    box.close();
  }
}
