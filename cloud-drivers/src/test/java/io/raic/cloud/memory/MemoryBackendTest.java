package io.raic.cloud.memory;

import io.raic.cloud.CloudBackend;
import io.raic.cloud.contract.CloudBackendContract;

class MemoryBackendTest implements CloudBackendContract {
  @Override
  public CloudBackend emptyBackend() {
    return new MemoryBackend("memory");
  }
}
