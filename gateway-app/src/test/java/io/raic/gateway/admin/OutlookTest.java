package io.raic.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.raic.cloud.memory.MemoryBackend;
import io.raic.cloud.resilience.CircuitState;
import io.raic.cloud.resilience.Kind;
import io.raic.gateway.file.TransferBoard;
import io.raic.gateway.grid.Grid;
import io.raic.gateway.grid.Limits;
import io.raic.gateway.grid.Placement;
import io.raic.gateway.grid.Store;
import io.raic.gateway.schedule.VirtualThreads;
import io.raic.gateway.state.Database;
import io.raic.gateway.state.TestDatabase;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the dashboard makes of how five providers do. */
class OutlookTest {
  @TempDir Path directory;

  private final List<FakeProvider> providers =
      IntStream.rangeClosed(1, 5).mapToObj(i -> new FakeProvider("cloud-" + i)).toList();
  private Instant now = FakeProvider.START;
  private Grid grid;
  private Database database;
  private History history;
  private HistoryWriter writer;
  private Watcher watcher;

  @BeforeEach
  void open() throws IOException {
    var scheduler = new VirtualThreads();
    var operators =
        providers.stream().collect(Collectors.toMap(FakeProvider::id, FakeProvider::id));
    grid =
        new Grid(
            providers.stream().map(p -> new Store(p.id(), new MemoryBackend(p.id()))).toList(),
            Placement.forNewFiles(3, 5, 4, operators),
            new Limits(Duration.ofSeconds(20), Duration.ofMillis(200), Duration.ofSeconds(3)),
            1 << 20,
            directory.resolve("leftovers"),
            scheduler);
    database = TestDatabase.SQLITE.open(directory);
    history = new History(database, "one");
    writer = new HistoryWriter(history, scheduler);
    var feed = new Feed();
    watcher =
        new Watcher(
            providers.stream().map(FakeProvider::watched).toList(),
            new TransferBoard(scheduler),
            grid,
            feed,
            writer,
            new EventLog(history, writer, feed, new Random(1)),
            () -> now,
            scheduler);
  }

  @AfterEach
  void close() {
    watcher.close();
    writer.close();
    grid.close();
    database.close();
  }

  private void lookAfter(Duration time) {
    now = now.plus(time);
    watcher.look();
  }

  private Outlook outlook(Redundancy redundancy) {
    return new Outlook(grid, watcher, redundancy);
  }

  private void open(int provider, Kind... kinds) {
    for (var kind : kinds) {
      providers.get(provider).set(kind, CircuitState.OPEN, now);
    }
  }

  @Test
  void allIsWellWhileAllProvidersWork() {
    lookAfter(Duration.ofSeconds(1));

    var verdict = outlook(Redundancy.NOT_KNOWN).now();

    assertThat(verdict.level()).isEqualTo(Level.OK);
    assertThat(verdict.headline()).startsWith("Everything is all right");
  }

  @Test
  void oneThatFailsEndangersNothing() {
    open(2, Kind.READ, Kind.WRITE);
    lookAfter(Duration.ofSeconds(1));

    var verdict = outlook(Redundancy.NOT_KNOWN).now();

    assertThat(verdict.level()).isEqualTo(Level.WARN);
    assertThat(verdict.headline()).startsWith("Files are safe, but 1 of 5 providers");
    assertThat(verdict.findings())
        .extracting(Outlook.Finding::words)
        .anyMatch(words -> words.contains("cloud-3: reading and writing is stopped (told so)"));
  }

  @Test
  void tooFewThatTakeSharesRefuseUploads() {
    open(1, Kind.WRITE);
    open(2, Kind.WRITE);
    lookAfter(Duration.ofSeconds(1));

    var verdict = outlook(Redundancy.NOT_KNOWN).now();

    assertThat(verdict.level()).isEqualTo(Level.BAD);
    assertThat(verdict.headline()).isEqualTo("Uploads are refused; files can be read.");
  }

  @Test
  void threeThatCannotBeReadFromMakeFilesUnreadable() {
    IntStream.range(0, 3).forEach(i -> open(i, Kind.READ));
    lookAfter(Duration.ofSeconds(1));

    assertThat(outlook(Redundancy.NOT_KNOWN).now().headline())
        .isEqualTo("Some files cannot be read now.");
  }

  @Test
  void whetherOneCanBeLostIsNotKnownWithoutACatalog() {
    lookAfter(Duration.ofSeconds(1));

    assertThat(outlook(Redundancy.NOT_KNOWN).without("cloud-1").level()).isEqualTo(Level.UNKNOWN);
    assertThat(outlook(known(0)).without("cloud-1").level()).isEqualTo(Level.OK);
    assertThat(outlook(known(7)).without("cloud-1").level()).isEqualTo(Level.BAD);
  }

  @Test
  void whileTwoAreGoneAThirdCannotBeLost() {
    open(0, Kind.READ);
    open(1, Kind.READ);
    lookAfter(Duration.ofSeconds(1));

    assertThat(outlook(known(0)).without("cloud-3").level()).isEqualTo(Level.BAD);
    assertThat(outlook(known(0)).without("cloud-1").level()).isNotEqualTo(Level.BAD);
  }

  private static Redundancy known(long lost) {
    return new Redundancy() {
      @Override
      public Optional<Standing> standing() {
        return Optional.empty();
      }

      @Override
      public Optional<Standing> without(String store) {
        return Optional.of(new Standing(List.of(new Group("lost", Level.BAD, lost, lost))));
      }

      @Override
      public Optional<Held> held(String store) {
        return Optional.empty();
      }
    };
  }

  @Test
  void aPauseSaysWhatItDoesToNewFiles() {
    lookAfter(Duration.ofSeconds(1));
    var preview = new Preview(outlook(Redundancy.NOT_KNOWN), watcher, grid.rules());

    assertThat(preview.of(ProviderAct.PAUSE, "cloud-1"))
        .extracting(Outlook.Finding::level)
        .containsOnly(Level.OK);
    open(4, Kind.WRITE);
    lookAfter(Duration.ofSeconds(1));
    assertThat(preview.of(ProviderAct.PAUSE, "cloud-1"))
        .extracting(Outlook.Finding::level)
        .contains(Level.BAD);
  }

  @Test
  void changesBecomeEventsOnce() {
    open(0, Kind.WRITE);
    lookAfter(Duration.ofSeconds(1));
    lookAfter(Duration.ofSeconds(1));
    providers.get(0).set(Kind.WRITE, CircuitState.CLOSED, now);
    lookAfter(Duration.ofSeconds(1));

    writer.close();
    assertThat(history.events(now.plusSeconds(1), 10))
        .extracting(Event::subject, Event::words)
        .containsExactly(
            tuple("cloud-1", "Writing goes on: told so"),
            tuple("cloud-1", "Writing is stopped: told so"));
  }

  @Test
  void availabilityIsThePartOfTheTimeInWhichItWorked() {
    lookAfter(Duration.ofSeconds(1));
    open(0, Kind.READ);
    lookAfter(Duration.ofSeconds(1));
    for (int i = 0; i < 14; i++) {
      lookAfter(Duration.ofSeconds(1));
    }
    providers.get(0).set(Kind.READ, CircuitState.CLOSED, now);
    providers.get(0).answer(9, 1_000_000_000);
    providers.get(0).fallSilent(1);
    for (int i = 0; i < 44; i++) {
      lookAfter(Duration.ofSeconds(1));
    }

    writer.close();
    var report = new Availability(history).of("cloud-1", now).orElseThrow();

    assertThat(report.day().words()).isEqualTo("75.00 %");
    assertThat(report.month().words()).isEqualTo("75.00 %");
    assertThat(report.bytesReadThisMonth()).isEqualTo(1_000_000_000);
    assertThat(report.cost(new BigDecimal("0.09"))).isEqualByComparingTo("0.09");
    var slot = history.slots(History.Resolution.MINUTE, "cloud-1", FakeProvider.START).getFirst();
    assertThat(slot.calls()).isEqualTo(10);
    assertThat(slot.failures()).isEqualTo(1);
  }

  @Test
  void placementsWithoutAStorePutNothingThere() {
    assertThat(grid.placements(Set.of("cloud-2")))
        .hasSize(5)
        .allSatisfy(holdings -> assertThat(holdings.sharesOn(Set.of("cloud-2"))).isZero());
  }
}
