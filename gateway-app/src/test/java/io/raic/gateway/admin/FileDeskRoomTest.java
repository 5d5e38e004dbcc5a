package io.raic.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.raic.cloud.memory.MemoryBackend;
import io.raic.crypto.bytes.Bytes;
import io.raic.crypto.capability.StorageIndex;
import io.raic.crypto.capability.VerifyCap;
import io.raic.gateway.grid.Grid;
import io.raic.gateway.grid.Limits;
import io.raic.gateway.grid.Placement;
import io.raic.gateway.grid.Store;
import io.raic.gateway.grid.TransferBudget;
import io.raic.gateway.repair.Repairer;
import io.raic.gateway.schedule.Scheduler;
import io.raic.gateway.schedule.Strand;
import io.raic.gateway.schedule.VirtualThreads;
import io.raic.gateway.state.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDeskRoomTest {
  private static final VerifyCap CAP =
      new VerifyCap(
          new StorageIndex(Bytes.copyOf(new byte[StorageIndex.LENGTH])),
          Bytes.copyOf(new byte[32]),
          2,
          3,
          1000);

  @TempDir Path directory;

  /** Begins nothing, so that work goes on for ever. */
  private static final class NeverDone implements Scheduler {
    @Override
    public long nanoTime() {
      return 0;
    }

    @Override
    public Strand start(String name, Runnable work) {
      return new Strand() {
        @Override
        public void interrupt() {}

        @Override
        public boolean join(Duration limit) {
          return false;
        }
      };
    }

    @Override
    public Lock newLock() {
      return new ReentrantLock();
    }
  }

  @Test
  void theOldestFileIsForgottenUnlessSomethingIsDoneWithIt() throws IOException {
    try (var database = TestDatabase.SQLITE.open(directory)) {
      var scheduler = new VirtualThreads();
      var grid =
          new Grid(
              List.of(
                  new Store("one", new MemoryBackend("one")),
                  new Store("two", new MemoryBackend("two")),
                  new Store("three", new MemoryBackend("three"))),
              Placement.forNewFiles(2, 3, 3, Map.of("one", "one", "two", "two", "three", "three")),
              new Limits(Duration.ofSeconds(20), Duration.ofMillis(200), Duration.ofSeconds(3)),
              1 << 20,
              directory.resolve("leftovers"),
              scheduler);
      var feed = new Feed();
      var history = new History(database, "one");
      var writer = new HistoryWriter(history, scheduler);
      var desk =
          new FileDesk(
              new Repairer(grid, new TransferBudget(1 << 20, Duration.ZERO, scheduler)),
              FileMap.NOT_KNOWN,
              new EventLog(history, writer, feed, new Random(1)),
              feed,
              new NeverDone(),
              () -> Instant.EPOCH,
              new Random(2));
      var busy = desk.open(CAP.storageIndex(), Optional.of(CAP));
      desk.start(busy, FileWork.CHECK, "ann");
      var idle = desk.open(CAP.storageIndex(), Optional.of(CAP));
      for (int i = 0; i < FileDesk.MAX_FILES; i++) {
        var _ = desk.open(CAP.storageIndex(), Optional.of(CAP));
      }

      assertThat(desk.find(busy.id())).contains(busy);
      assertThat(desk.find(idle.id())).isEmpty();
      writer.close();
      grid.close();
    }
  }
}
