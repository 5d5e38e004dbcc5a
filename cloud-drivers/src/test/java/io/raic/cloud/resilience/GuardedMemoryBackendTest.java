package io.raic.cloud.resilience;

import io.raic.cloud.CloudBackend;
import io.raic.cloud.contract.CloudBackendContract;
import io.raic.cloud.memory.MemoryBackend;
import java.util.Optional;

class GuardedMemoryBackendTest implements CloudBackendContract {
  @Override
  public CloudBackend emptyBackend() {
    return new GuardedBackend(
        new MemoryBackend("memory"),
        GuardPolicy.DEFAULT,
        Surroundings.of(Optional.empty(), GuardListener.DEAF));
  }
}
