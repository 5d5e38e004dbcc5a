package io.raic.gateway.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.crypto.bytes.Bytes;
import io.raic.crypto.capability.StorageIndex;
import io.raic.gateway.schedule.VirtualThreads;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FileLocksTest {
  private static final StorageIndex FILE =
      new StorageIndex(Bytes.copyOf(new byte[StorageIndex.LENGTH]));

  private final FileLocks locks = new FileLocks(new VirtualThreads());

  @Test
  void oneThatGoesOnIsToldOnceThatItsFileIsWanted() throws BusyException {
    var told = new AtomicInteger();
    try (var held = locks.take(FILE, Duration.ZERO)) {
      held.yieldBy(told::incrementAndGet);
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> locks.take(FILE, Duration.ofMillis(1)))
            .isInstanceOf(BusyException.class);
      }
    }
    assertThat(told).hasValue(1);
    locks.take(FILE, Duration.ZERO).close();
  }
}
