package io.raic.benchmarks.system;

import io.raic.benchmarks.system.store.Link;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A hundred streams at once, half of them up, in a small heap. */
record Memory() implements Scenario {
  private static final int STREAMS = 100;
  private static final int BYTES = 32 << 20;

  /** So that they run for a while. */
  private static final Link LINE = new Link(Duration.ofMillis(5), 30_000_000);

  private static final int WARM_UP = 20;

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public String about() {
    return "%d streams of 32 MiB at once, half of them up, -Xmx512m, lines of 5 ms and 30 MB/s"
        .formatted(STREAMS);
  }

  @Override
  public void run(Rig rig, Report report) throws IOException {
    try (var gateway = rig.fresh(List.of("-Xmx512m"), Map.of());
        var connection = rig.connect(gateway)) {
      var file = StoredFile.put(rig, connection, BYTES, true);
      for (int i = 0; i < WARM_UP; i++) {
        StoredFile.put(rig, connection, BYTES, true);
        file.get(connection).orFail();
      }
      double idle = gateway.liveMib();
      double idleProcess = gateway.facts().peakMib();
      rig.line(LINE);
      var failed = new AtomicInteger();
      var running = new AtomicInteger(STREAMS);
      var load =
          Thread.ofPlatform().start(() -> streams(rig, gateway, file, failed, running, report));
      double used = 0;
      double live = 0;
      while (load.isAlive() && gateway.isAlive()) {
        used = Math.max(used, gateway.heapMib());
        boolean isFull = running.get() == STREAMS;
        double now = gateway.liveMib();
        live = isFull && running.get() == STREAMS ? Math.max(live, now) : live;
      }
      report.add("streams that failed", "of %d".formatted(STREAMS), failed.get());
      report.add("heap after a collection, idle", "MiB", idle);
      report.add("heap after a collection, all streams", "MiB", live);
      report.add(
          "of that, a stream that did not fail",
          "MiB",
          (live - idle) / Math.max(1, STREAMS - failed.get()));
      report.add("most of the heap in use", "MiB", used);
      report.add("peak of the process, warm-up", "MiB", idleProcess);
      report.add("peak of the process, with the streams", "MiB", gateway.facts().peakMib());
    }
    rig.end();
  }

  private static void streams(
      Rig rig,
      Gateway gateway,
      StoredFile file,
      AtomicInteger failed,
      AtomicInteger running,
      Report report) {
    Clients.Step step =
        (connection, number) -> {
          GatewayConnection.Outcome outcome =
              number % 2 == 0 ? connection.put(rig.newFile(), BYTES, true) : file.get(connection);
          running.decrementAndGet();
          if (!outcome.isDone()) {
            if (failed.getAndIncrement() == 0) {
              report.note(
                  "the first that failed: %d %s".formatted(outcome.status(), outcome.text()));
            }
          }
        };
    try {
      new Clients(rig, gateway, STREAMS).times(STREAMS, step);
    } catch (IOException e) {
      failed.addAndGet(STREAMS);
      report.note(e.getMessage() == null ? "failed" : e.getMessage());
    }
  }
}
