package io.raic.benchmarks.system;

import io.raic.benchmarks.system.store.Link;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How many answers of stores, one after the other, are waited for, told by a slow line. */
record RoundTrips() implements Scenario {
  private static final Duration LATENCY = Duration.ofMillis(100);
  private static final int WARM_UP = 100;

  @Override
  public String name() {
    return "round-trips";
  }

  @Override
  public String about() {
    return "time in units of the latency, all stores %d ms away".formatted(LATENCY.toMillis());
  }

  @Override
  public void run(Rig rig, Report report) throws IOException {
    try (var gateway = rig.fresh(List.of("-Xmx1g"), Map.of());
        var connection = rig.connect(gateway)) {
      for (int i = 0; i < WARM_UP; i++) {
        StoredFile.put(rig, connection, 1 << 20, i % 2 == 0).get(connection).orFail();
      }
      rig.line(new Link(LATENCY, 0));
      for (int bytes : new int[] {1 << 12, 1 << 20, 1 << 24}) {
        measure(rig, connection, report, bytes);
      }
    }
    rig.end();
  }

  private static void measure(Rig rig, GatewayConnection connection, Report report, int bytes)
      throws IOException {
    var put = new ArrayList<Double>();
    var first = new ArrayList<Double>();
    var again = new ArrayList<Double>();
    var whole = new ArrayList<Double>();
    for (int round = 0; round < rig.scale().rounds(); round++) {
      int number = rig.newFile();
      var stored = connection.put(number, bytes, true).orFail();
      put.add(trips(stored.nanos()));
      var file = new StoredFile(number, bytes, stored.text());
      first.add(trips(file.get(connection).orFail().firstNanos()));
      var second = file.get(connection).orFail();
      again.add(trips(second.firstNanos()));
      whole.add(trips(second.nanos()));
    }
    String size = "%d KiB".formatted(bytes >> 10);
    report.add(new Figure("PUT %s, random key".formatted(size), "round trips", put));
    report.add(new Figure("GET %s, to the first byte".formatted(size), "round trips", first));
    report.add(new Figure("GET %s again, to the first byte".formatted(size), "round trips", again));
    report.add(new Figure("GET %s again, to the end".formatted(size), "round trips", whole));
  }

  private static double trips(long nanos) {
    return nanos / (double) LATENCY.toNanos();
  }
}
