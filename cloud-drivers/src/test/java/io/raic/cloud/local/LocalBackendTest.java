package io.raic.cloud.local;

import io.raic.cloud.CloudBackend;
import io.raic.cloud.contract.CloudBackendContract;
import io.raic.cloud.contract.ManyObjectsContract;
import io.raic.cloud.contract.SmallHeapContract;
import io.raic.cloud.registry.Driver;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

class LocalBackendTest implements CloudBackendContract, ManyObjectsContract, SmallHeapContract {
  @TempDir Path disk;

  @Override
  public CloudBackend emptyBackend() {
    return LocalBackend.open("local", disk.resolve("store"));
  }

  @Override
  public Driver driver() {
    return Driver.LOCAL;
  }

  @Override
  public Map<String, String> settings() {
    return Map.of("path", disk.resolve("small-heap").toString());
  }
}
