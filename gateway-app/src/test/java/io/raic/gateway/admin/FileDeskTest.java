package io.raic.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

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
import io.raic.gateway.state.Database;
import io.raic.gateway.state.TestDatabase;
import io.raic.gateway.web.BadRequestException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.Lock;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDeskTest {
  private static final VerifyCap CAP =
      new VerifyCap(
          new StorageIndex(Bytes.copyOf(new byte[16])), Bytes.copyOf(new byte[32]), 3, 5, 100);

  private static final List<String> STORES =
      List.of("cloud-1", "cloud-2", "cloud-3", "cloud-4", "cloud-5");

  @TempDir Path directory;

  private final VirtualThreads scheduler = new VirtualThreads();
  private Grid grid;
  private Database database;
  private HistoryWriter writer;
  private EventLog events;

  @BeforeEach
  void open() throws IOException {
    grid =
        new Grid(
            STORES.stream().map(id -> new Store(id, new MemoryBackend(id))).toList(),
            Placement.forNewFiles(
                3, 5, 4, STORES.stream().collect(Collectors.toMap(id -> id, id -> id))),
            new Limits(Duration.ofSeconds(20), Duration.ofMillis(200), Duration.ofSeconds(3)),
            1 << 20,
            directory.resolve("leftovers"),
            scheduler);
    database = TestDatabase.SQLITE.open(directory);
    var history = new History(database, "one");
    writer = new HistoryWriter(history, scheduler);
    events = new EventLog(history, writer, new Feed(), new Random(1));
  }

  @AfterEach
  void close() {
    grid.close();
    writer.close();
    database.close();
  }

  private FileDesk desk(Scheduler strands) {
    var budget = new TransferBudget(1 << 24, Duration.ofSeconds(1), scheduler);
    return new FileDesk(
        new Repairer(grid, budget),
        FileMap.NOT_KNOWN,
        events,
        new Feed(),
        strands,
        () -> FakeProvider.START,
        new Random(1));
  }

  private static Optional<FileJob.Result> result(FileDesk.Entry entry) {
    return entry.job().flatMap(FileJob::result);
  }

  @Test
  void aCheckEndsWithAResult() {
    try (var desk = desk(scheduler)) {
      var entry = desk.open(CAP.storageIndex(), Optional.of(CAP));
      desk.start(entry, FileWork.CHECK, "alice");
      await().until(() -> result(entry).isPresent());
    }
  }

  @Test
  void whatAnErrorEndsIsNotInProgressForEver() {
    try (var desk = desk(new NoThreads())) {
      var entry = desk.open(CAP.storageIndex(), Optional.of(CAP));
      for (int i = 0; i <= FileDesk.MAX_JOBS; i++) {
        assertThatThrownBy(() -> desk.start(entry, FileWork.CHECK, "alice"))
            .isInstanceOf(OutOfMemoryError.class);
        assertThat(result(entry)).isPresent();
      }
    }
  }

  @Test
  void aDeskThatIsClosedBeginsNothing() {
    var desk = desk(scheduler);
    var entry = desk.open(CAP.storageIndex(), Optional.of(CAP));
    desk.close();
    assertThatThrownBy(() -> desk.start(entry, FileWork.CHECK, "alice"))
        .isInstanceOf(BadRequestException.class)
        .hasMessage("the gateway is stopping");
    assertThat(result(entry)).isPresent();
  }

  /** A machine that has no room for threads. */
  private static final class NoThreads implements Scheduler {
    @Override
    public long nanoTime() {
      return 0;
    }

    @Override
    public Strand start(String name, Runnable work) {
      throw new OutOfMemoryError("no thread");
    }

    @Override
    public Lock newLock() {
      throw new UnsupportedOperationException();
    }
  }
}
