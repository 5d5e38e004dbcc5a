package io.raic.benchmarks.system;

import io.raic.benchmarks.system.store.Counts;
import io.raic.benchmarks.system.store.Kind;
import io.raic.benchmarks.system.store.Link;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Files of 1 MiB are read while one store is 10 times slow, turn by turn with none that is. */
record Slow() implements Scenario {
  private static final int BYTES = 1 << 20;
  private static final int FILES = 48;
  private static final int CLIENTS = 2;
  private static final int ROUNDS = 3;
  private static final int SETTLING = 100;
  private static final Link LINE = new Link(Duration.ofMillis(10), 50_000_000);
  private static final int TIMES = 10;

  @Override
  public String name() {
    return "slow-get";
  }

  @Override
  public String about() {
    return "1 MiB down while a store is %d times slow, lines of 10 ms and 50 MB/s, %d clients"
        .formatted(TIMES, CLIENTS);
  }

  @Override
  public void run(Rig rig, Report report) throws IOException {
    int each = rig.scale().requests() / ROUNDS;
    var well = new Latencies();
    var slow = new Latencies();
    var failed = new AtomicInteger();
    var askedWell = Counts.NONE;
    var askedSlow = Counts.NONE;
    try (var gateway = rig.fresh(List.of("-Xmx1g"), Map.of())) {
      var files = new ArrayList<StoredFile>();
      try (var connection = rig.connect(gateway)) {
        for (int i = 0; i < FILES; i++) {
          files.add(StoredFile.put(rig, connection, BYTES, true));
        }
      }
      rig.line(LINE);
      var clients = new Clients(rig, gateway, CLIENTS);
      for (int round = 0; round < ROUNDS; round++) {
        clients.times(SETTLING, step(files, new Latencies(), failed));
        var before = rig.counts();
        clients.times(each, step(files, well, failed));
        askedWell = askedWell.plus(rig.counts().since(before));
        rig.stores().get(round).set(LINE.slower(TIMES));
        clients.times(SETTLING, step(files, new Latencies(), failed));
        before = rig.counts();
        clients.times(each, step(files, slow, failed));
        askedSlow = askedSlow.plus(rig.counts().since(before));
        rig.line(LINE);
      }
    }
    report.note("%d requests after each change are left out".formatted(SETTLING));
    report.add("requests that failed", "", failed.get());
    report.add("no fault", well);
    report.add("one slow", slow);
    report.add("p99, slow to well", "ratio", slow.millis(99) / well.millis(99));
    report.add("no fault", askedWell, ROUNDS * each);
    report.add("one slow", askedSlow, ROUNDS * each);
    double least = askedWell.of(Kind.GET);
    report.add("further GETs", "%", 100 * (askedSlow.of(Kind.GET) - least) / least);
    rig.end();
  }

  private static Clients.Step step(
      List<StoredFile> files, Latencies latencies, AtomicInteger failed) {
    return (connection, number) -> {
      var outcome = files.get(number % FILES).get(connection);
      latencies.add(outcome.nanos());
      if (!outcome.isDone()) {
        failed.incrementAndGet();
      }
    };
  }
}
