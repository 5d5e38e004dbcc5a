package io.raic.benchmarks.system;

import io.raic.benchmarks.system.store.Counts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
      var clients = new Clients(rig, gateway, CLIENTS);
      var files = new AtomicReferenceArray<StoredFile>(FILES);
      clients.times(
          FILES, (connection, i) -> files.set(i, StoredFile.put(rig, connection, BYTES, false)));
      var put = new Latencies();
      Clients.Step putting =
          (connection, _) -> put.add(connection.put(rig.newFile(), BYTES, false).orFail().nanos());
      var got = new Latencies();
      Clients.Step getting =
          (connection, i) -> got.add(files.get(i % FILES).get(connection).orFail().nanos());
      clients.seconds(rig.scale().smallSeconds(), putting);
      clients.seconds(rig.scale().smallSeconds(), getting);
      report.note(
          "warm-up: %d s of each, after %d files".formatted(rig.scale().smallSeconds(), FILES));
      measure(rig, gateway, report, "PUT", put, putting);
      measure(rig, gateway, report, "GET", got, getting);
    }
    rig.end();
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
      var count = new int[1];
      var cost =
          Cost.of(
              rig,
              gateway,
              () ->
                  count[0] =
                      new Clients(rig, gateway, CLIENTS).seconds(rig.scale().smallSeconds(), step));
      rates.add(count[0] / cost.seconds());
      costs.add(1000 * cost.coreSeconds() / count[0]);
      asked = asked.plus(cost.asked());
      all += count[0];
    }
    report.add(new Figure(name, "per second", rates));
    report.add(new Figure(name, "core-ms", costs));
    report.add(name, latencies);
    report.add(name, asked, all);
  }
}
