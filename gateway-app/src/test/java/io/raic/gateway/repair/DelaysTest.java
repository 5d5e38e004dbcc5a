package io.raic.gateway.repair;

import static org.assertj.core.api.Assertions.assertThat;

import io.raic.crypto.bytes.Bytes;
import io.raic.crypto.capability.StorageIndex;
import io.raic.crypto.capability.VerifyCap;
import io.raic.gateway.grid.Shortfall;
import io.raic.gateway.schedule.Scheduler;
import io.raic.gateway.schedule.Strand;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

class DelaysTest {
  private static final Shortfall ONE = shortfall(1);
  private static final Shortfall OTHER = shortfall(2);

  private final Clock clock = new Clock();
  private final Delays delays = new Delays(Duration.ofMinutes(10), clock);

  /** A time that passes when the test says so. */
  private static final class Clock implements Scheduler {
    private long nanos;

    void pass(Duration time) {
      nanos += time.toNanos();
    }

    @Override
    public long nanoTime() {
      return nanos;
    }

    @Override
    public Strand start(String name, Runnable work) {
      throw new UnsupportedOperationException("nothing runs here");
    }

    @Override
    public Lock newLock() {
      return new ReentrantLock();
    }
  }

  private static Shortfall shortfall(int number) {
    byte[] index = new byte[StorageIndex.LENGTH];
    index[0] = (byte) number;
    var cap =
        new VerifyCap(
            new StorageIndex(Bytes.copyOf(index)), Bytes.copyOf(new byte[32]), 3, 5, 1000);
    return new Shortfall(cap, Set.of(1), Set.of("b"), Instant.EPOCH);
  }

  @Test
  void oneFileDoesNotDelayOthers() {
    delays.delay(ONE);
    assertThat(delays.isDue(ONE)).isFalse();
    assertThat(delays.isDue(OTHER)).isTrue();
  }

  @Test
  void aFileIsTriedHalfAsOftenEachTimeButAfterSixHours() {
    for (int minutes : new int[] {20, 40, 80, 160, 320, 360, 360}) {
      delays.delay(ONE);
      clock.pass(Duration.ofMinutes(minutes).minusNanos(1));
      assertThat(delays.isDue(ONE)).isFalse();
      clock.pass(Duration.ofNanos(1));
      assertThat(delays.isDue(ONE)).isTrue();
    }
  }

  @Test
  void aFileThatWasMendedBeginsAnew() {
    delays.delay(ONE);
    delays.keepOnly(List.of(OTHER));
    assertThat(delays.isDue(ONE)).isTrue();
  }
}
