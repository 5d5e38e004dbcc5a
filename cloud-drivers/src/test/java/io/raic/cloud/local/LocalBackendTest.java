package io.raic.cloud.local;

import io.raic.cloud.CloudBackend;
import io.raic.cloud.contract.CloudBackendContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class LocalBackendTest implements CloudBackendContract {
  @TempDir Path disk;

  @Override
  public CloudBackend emptyBackend() {
    return LocalBackend.open("local", disk.resolve("store"));
  }
}
