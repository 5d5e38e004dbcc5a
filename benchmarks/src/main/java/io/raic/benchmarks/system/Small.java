package io.raic.benchmarks.system;

import io.raic.benchmarks.system.store.Counts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Files of 4 KiB by 32 clients at once. */
record Small() implements Scenario {
  private static final int BYTES = 4096;
  private static final int CLIENTS = 32;
  private static final int FILES = 4096;

  @Override
  public String name() {
    return "small";
  }

  @Override
  public String about() {
    return "4 KiB files, %d clients, convergent keys".formatted(CLIENTS);
  }

  @Override
  public void run(Rig rig, Report report) throws IOException {
    try (var gateway = rig.fresh(List.of("-Xmx1g"), Map.of())) {
      var files = new AtomicReferenceArray<StoredFile>(FILES);
      Clients.Step storing =
          (connection, i) -> files.set(i, StoredFile.put(rig, connection, BYTES, false));
      // So many at once are too much for one that has just started.
      new Clients(rig, gateway, 2).times(FILES, storing);
      var failed = new AtomicInteger();
      var put = new Latencies();
      Clients.Step putting =
          (connection, _) -> count(connection.put(rig.newFile(), BYTES, false), put, failed);
      var got = new Latencies();
      Clients.Step getting =
          (connection, i) -> count(files.get(i % FILES).get(connection), got, failed);
      var clients = new Clients(rig, gateway, CLIENTS);
      clients.seconds(rig.scale().smallSeconds(), putting);
      clients.seconds(rig.scale().smallSeconds(), getting);
      failed.set(0);
      report.note(
          "warm-up: %d s of each, after %d files".formatted(rig.scale().smallSeconds(), FILES));
      measure(rig, gateway, report, "PUT", put, putting);
      measure(rig, gateway, report, "GET", got, getting);
      report.add("operations that failed, not counted above", "", failed.get());
    }
    rig.end();
  }

  private static void count(
      GatewayConnection.Outcome outcome, Latencies latencies, AtomicInteger failed) {
    if (outcome.isDone()) {
      latencies.add(outcome.nanos());
    } else {
      failed.incrementAndGet();
    }
  }

  private static void measure(
      Rig rig, Gateway gateway, Report report, String name, Latencies latencies, Clients.Step step)
      throws IOException {
    var rates = new ArrayList<Double>();
    var costs = new ArrayList<Double>();
    var asked = Counts.NONE;
    int all = 0;
    latencies.clear();
    for (int round = 0; round < rig.scale().rounds(); round++) {
      int before = latencies.count();
      var cost =
          Cost.of(
              rig,
              gateway,
              () -> new Clients(rig, gateway, CLIENTS).seconds(rig.scale().smallSeconds(), step));
      int done = latencies.count() - before;
      rates.add(done / cost.seconds());
      costs.add(1000 * cost.coreSeconds() / done);
      asked = asked.plus(cost.asked());
      all += done;
    }
    report.add(new Figure(name, "per second", rates));
    report.add(new Figure(name, "core-ms", costs));
    report.add(name, latencies);
    report.add(name, asked, all);
  }
}
