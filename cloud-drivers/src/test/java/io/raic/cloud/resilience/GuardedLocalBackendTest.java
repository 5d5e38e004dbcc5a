package io.raic.cloud.resilience;

import io.raic.cloud.CloudBackend;
import io.raic.cloud.contract.CloudBackendContract;
import io.raic.cloud.local.LocalBackend;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.io.TempDir;

/** With every limit there is, so high that nothing reaches it. */
class GuardedLocalBackendTest implements CloudBackendContract {
  private static final ProviderLimits HIGH =
      new ProviderLimits(
          1000,
          OptionalDouble.of(1_000_000),
          OptionalLong.of(1L << 40),
          OptionalLong.of(Long.MAX_VALUE),
          OptionalLong.of(1L << 50));

  @TempDir Path disk;

  @Override
  public CloudBackend emptyBackend() {
    return new GuardedBackend(
        LocalBackend.open("local", disk.resolve("store")),
        new GuardPolicy(HIGH, CircuitPolicy.DEFAULT),
        Surroundings.of(Optional.of(disk.resolve("ledger")), GuardListener.DEAF));
  }
}
