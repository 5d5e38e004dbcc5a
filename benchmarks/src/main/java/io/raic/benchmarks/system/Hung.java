package io.raic.benchmarks.system;

import io.raic.benchmarks.system.store.Counts;
import io.raic.benchmarks.system.store.Fault;
import io.raic.benchmarks.system.store.StoreServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Files of 1 MiB while one store hangs, turn by turn with none that does, another store each time.
 *
 * @param isPut whether they are written; read otherwise
 */
record Hung(boolean isPut) implements Scenario {
  private static final int BYTES = 1 << 20;
  private static final int FILES = 48;
  private static final int CLIENTS = 2;
  private static final int ROUNDS = 3;

  /** In these the gateway may still learn. */
  private static final int SETTLING = 60;

  private static final Duration RECOVERY = Duration.ofSeconds(90);

  @Override
  public String name() {
    return isPut ? "hang-put" : "hang-get";
  }

  @Override
  public String about() {
    return "1 MiB %s while a store hangs, %d clients".formatted(isPut ? "up" : "down", CLIENTS);
  }

  @Override
  public void run(Rig rig, Report report) throws IOException {
    int each = Math.max(SETTLING, rig.scale().requests() / ROUNDS);
    var well = new Latencies();
    var hung = new Latencies();
    var first = new ArrayList<Double>();
    var worst = new ArrayList<Double>();
    var asked = Counts.NONE;
    var failed = new AtomicInteger();
    try (var gateway = rig.fresh(List.of("-Xmx1g"), Map.of());
        var connection = rig.connect(gateway)) {
      var files = new ArrayList<StoredFile>();
      for (int i = 0; i < FILES; i++) {
        files.add(StoredFile.put(rig, connection, BYTES, true));
      }
      var clients = new Clients(rig, gateway, CLIENTS);
      clients.times(rig.scale().requests() / 2, step(rig, files, new Latencies(), failed));
      report.note("warm-up: %d requests".formatted(rig.scale().requests() / 2));
      for (int round = 0; round < ROUNDS; round++) {
        clients.times(each, step(rig, files, well, failed));
        var store = rig.stores().get(round);
        store.set(new Fault.Hang());
        var settling = new Latencies();
        var step = step(rig, files, settling, failed);
        step.run(connection, round);
        first.add(settling.millis(100));
        for (int i = 1; i < SETTLING; i++) {
          step.run(connection, round + i);
        }
        worst.add(settling.millis(100));
        var before = rig.counts();
        clients.times(each, step(rig, files, hung, failed));
        asked = asked.plus(rig.counts().since(before));
        store.set(new Fault.None());
        recover(step, connection, store);
      }
    }
    report.add("requests that failed", "", failed.get());
    report.add("no fault", well);
    report.add("one hangs, steady", hung);
    report.add("one hangs, steady", asked, ROUNDS * each);
    report.add("p99, hung to well", "ratio", hung.millis(99) / well.millis(99));
    report.add(new Figure("first after the hang begins", "ms", first));
    report.add(new Figure("worst of %d after it begins".formatted(SETTLING), "ms", worst));
    rig.end();
  }

  /** Returns one that counts what fails, and records also how long that took. */
  private Clients.Step step(
      Rig rig, List<StoredFile> files, Latencies latencies, AtomicInteger failed) {
    return (connection, number) -> {
      int file = rig.newFile();
      var outcome =
          isPut ? connection.put(file, BYTES, true) : files.get(number % FILES).get(connection);
      latencies.add(outcome.nanos());
      if (!outcome.isDone()) {
        failed.incrementAndGet();
      } else if (isPut) {
        var stored = new StoredFile(file, BYTES, outcome.text());
        rig.stores().forEach(store -> store.keys(stored.keys()).forEach(store::lose));
      }
    };
  }

  /** Goes on until the store is used again. */
  private static void recover(Clients.Step step, GatewayConnection connection, StoreServer store)
      throws IOException {
    long end = System.nanoTime() + RECOVERY.toNanos();
    var before = store.counts();
    for (int number = 0;
        store.counts().since(before).bytesIn() < BYTES / 3
            && store.counts().since(before).bytesOut() < BYTES / 3;
        number++) {
      if (System.nanoTime() > end) {
        throw new IOException("the gateway does not use the store again");
      }
      step.run(connection, number);
    }
  }
}
