package io.raic.benchmarks.system;

import io.raic.benchmarks.system.store.Fault;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Many operations while stores fail in turn, two of them most of the time, each in every way. A
 * file that the gateway has acknowledged must be readable whenever as many of its shares as are
 * needed are in stores that are well; the rig looks there itself.
 */
record Faults() implements Scenario {
  private static final int CLIENTS = 8;
  private static final int WINDOWS = 40;
  private static final int NEEDED = 3;
  private static final int PUT_PERCENT = 30;
  private static final int MIN_BYTES = 1 << 10;
  private static final int MAX_BYTES = 1 << 18;

  /** Older ones are forgotten, in the stores too. */
  private static final int MAX_FILES = 4000;

  private static final int FIRST_FILES = 200;
  private static final long SEED = 5;

  private static final List<Fault> FAULTS =
      List.of(
          new Fault.Refuse(),
          new Fault.Corrupt(),
          new Fault.Hang(),
          new Fault.Reset(),
          new Fault.Busy(1),
          new Fault.Truncate());

  @Override
  public String name() {
    return "faults";
  }

  @Override
  public String about() {
    return "mixed operations while up to two stores fail, %d clients, seed %d"
        .formatted(CLIENTS, SEED);
  }

  @Override
  public void run(Rig rig, Report report) throws IOException {
    int operations = rig.scale().operations();
    try (var gateway = rig.fresh(List.of("-Xmx1g"), Map.of())) {
      var tally = new Tally(rig);
      var clients = new Clients(rig, gateway, CLIENTS);
      clients.times(FIRST_FILES, tally::put);
      for (int window = 0; window < WINDOWS; window++) {
        rig.heal();
        var one = rig.stores().get(window % rig.stores().size());
        var other = rig.stores().get((window + 1 + window / 5 % 4) % rig.stores().size());
        one.set(FAULTS.get(window % FAULTS.size()));
        if (window % 3 != 0) {
          other.set(FAULTS.get((window + window / FAULTS.size()) % FAULTS.size()));
        }
        int before = window * (operations / WINDOWS);
        clients.times(operations / WINDOWS, (connection, i) -> tally.step(connection, before + i));
      }
      tally.tell(report);
    }
    rig.end();
  }

  /** What has happened so far. */
  private static final class Tally {
    private final Rig rig;
    private final Deque<StoredFile> files = new ArrayDeque<>();
    private final List<StoredFile> list = new ArrayList<>();
    private final AtomicInteger stored = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger read = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicInteger wrong = new AtomicInteger();
    private final AtomicInteger skipped = new AtomicInteger();
    private final Latencies gets = new Latencies();
    private final Latencies puts = new Latencies();
    private volatile Optional<String> first = Optional.empty();

    Tally(Rig rig) {
      this.rig = rig;
    }

    void step(GatewayConnection connection, int number) throws IOException {
      var random = new SplittableRandom(SEED * 1_000_003 + number);
      if (random.nextInt(100) < PUT_PERCENT) {
        put(connection, number);
      } else {
        get(connection, random);
      }
    }

    void put(GatewayConnection connection, int number) throws IOException {
      var random = new SplittableRandom(SEED * 7_000_003 + number);
      int length = random.nextInt(MIN_BYTES, MAX_BYTES) >> random.nextInt(4);
      int file = rig.newFile();
      var outcome = connection.put(file, length, random.nextBoolean());
      puts.add(outcome.nanos());
      if (!outcome.isDone()) {
        refused.incrementAndGet();
        return;
      }
      stored.incrementAndGet();
      keep(new StoredFile(file, length, outcome.text()));
    }

    private synchronized void keep(StoredFile file) {
      if (list.size() < MAX_FILES) {
        list.add(file);
      } else {
        var old = list.set(stored.get() % MAX_FILES, file);
        files.add(old);
      }
      // Those that were replaced long ago are read by nobody any more.
      if (files.size() > CLIENTS * 2) {
        var old = files.remove();
        rig.stores().forEach(store -> store.keys(old.keys()).forEach(store::lose));
      }
    }

    private synchronized StoredFile any(SplittableRandom random) {
      return list.get(random.nextInt(list.size()));
    }

    private void get(GatewayConnection connection, SplittableRandom random) {
      var file = any(random);
      if (shares(file) < NEEDED) {
        skipped.incrementAndGet();
        return;
      }
      read.incrementAndGet();
      try {
        var outcome = file.get(connection);
        gets.add(outcome.nanos());
        if (!outcome.isDone() && isThere(file)) {
          failed.incrementAndGet();
          remember("%d %s".formatted(outcome.status(), outcome.text()));
        }
      } catch (GatewayConnection.WrongBytes e) {
        wrong.incrementAndGet();
        remember(String.valueOf(e.getMessage()));
      } catch (IOException e) {
        failed.incrementAndGet();
        remember(String.valueOf(e.getMessage()));
      }
    }

    private synchronized boolean isThere(StoredFile file) {
      return list.contains(file);
    }

    private synchronized void remember(String what) {
      if (first.isEmpty()) {
        first = Optional.of(what);
      }
    }

    /** Returns how many different shares are in stores that are well. */
    private long shares(StoredFile file) {
      return rig.stores().stream()
          .filter(store -> store.fault().isNone())
          .flatMap(store -> store.keys(file.keys()).stream())
          .distinct()
          .count();
    }

    void tell(Report report) {
      report.add("operations", "", read.get() + stored.get() + refused.get() + skipped.get());
      report.add("reads with wrong bytes", "", wrong.get());
      report.add("reads that failed", "", failed.get());
      report.add("reads", "", read.get());
      report.add("reads left out: too few shares in well stores", "", skipped.get());
      report.add("files stored", "", stored.get());
      report.add("files refused", "", refused.get());
      report.add("GET", gets);
      report.add("PUT", puts);
      first.ifPresent(what -> report.note("the first that failed: " + what));
    }
  }
}
