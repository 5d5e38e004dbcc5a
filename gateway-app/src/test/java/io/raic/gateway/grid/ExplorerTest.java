package io.raic.gateway.grid;

import static org.assertj.core.api.Assertions.assertThat;

import io.raic.cloud.Operation;
import io.raic.cloud.memory.MemoryBackend;
import io.raic.crypto.capability.StorageIndex;
import io.raic.crypto.cipher.FileKey;
import io.raic.crypto.file.Encoding;
import io.raic.crypto.file.Shares;
import io.raic.gateway.schedule.Scheduler;
import io.raic.gateway.schedule.Strand;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

class ExplorerTest {
  private static final StorageIndex INDEX =
      Shares.encode(new byte[1000], FileKey.of(new byte[FileKey.LENGTH]), new Encoding(3, 5, 300))
          .cap()
          .storageIndex();

  private final SteppingClock clock = new SteppingClock();
  private final MemoryBackend backend = new MemoryBackend("store");
  private final Store store = new Store("store", backend);
  private final Tempos tempos = new Tempos(List.of("store"), Duration.ofMillis(500), clock);
  private final Tempo tempo = tempos.of(store);
  private final Explorer explorer = new Explorer(tempos, new ExtraRequests(), clock);

  /** A time that passes a little whenever somebody asks for it; a test runs what is started. */
  private static final class SteppingClock implements Scheduler {
    final Queue<Runnable> started = new ArrayDeque<>();
    Duration step = Duration.ZERO;
    private long nanos;

    @Override
    public long nanoTime() {
      nanos += step.toNanos();
      return nanos;
    }

    @Override
    public Strand start(String name, Runnable work) {
      started.add(work);
      return new Strand() {
        @Override
        public void interrupt() {}

        @Override
        public boolean join(Duration limit) {
          return true;
        }
      };
    }

    @Override
    public Lock newLock() {
      return new ReentrantLock();
    }
  }

  private void explore(Duration step) {
    tempo.missed();
    clock.step = Duration.ofMinutes(1);
    clock.nanoTime();
    clock.step = step;
    backend.objects().put(ShareAddress.key(INDEX, 0), new byte[100_000]);
    explorer.beside(List.of(FoundShare.guess(store, INDEX, 0)));
    clock.started.remove().run();
    clock.step = Duration.ZERO;
  }

  @Test
  void aStoreThatIsWellAgainIsNotThoughtSlowAnyMore() {
    tempo.moved(1 << 20, Duration.ofSeconds(10).toNanos());
    long before = tempo.expectedNanos(1 << 20);
    explore(Duration.ofNanos(1000));
    assertThat(tempo.expectedNanos(1 << 20)).isLessThan(before * 9 / 10);
    assertThat(tempo.isOnProbation()).isFalse();
  }

  @Test
  void aStoreWhoseBytesComeOneByOneIsLeftSoonAndNoBetterThanBefore() {
    explore(Duration.ofMillis(900));
    assertThat(backend.calls().bytes(Operation.READ)).isLessThan(64 << 10);
    assertThat(tempo.isOnProbation()).isTrue();
    assertThat(tempo.isSuspect()).isTrue();
  }
}
