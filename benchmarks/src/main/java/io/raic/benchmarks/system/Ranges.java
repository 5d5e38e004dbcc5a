package io.raic.benchmarks.system;

import io.raic.benchmarks.system.store.Counts;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Parts of a long file: the first one that is read of a file, and further ones. */
record Ranges() implements Scenario {
  private static final int FURTHER = 20;
  private static final long SEED = 16;

  @Override
  public String name() {
    return "ranges";
  }

  @Override
  public String about() {
    return "parts of a file";
  }

  @Override
  public void run(Rig rig, Report report) throws IOException {
    long length = rig.scale().largeBytes() / 4;
    var random = new SplittableRandom(SEED);
    report.note("of files of %d MiB, seed %d".formatted(length >> 20, SEED));
    try (var gateway = rig.fresh(List.of("-Xmx1g"), Map.of());
        var connection = rig.connect(gateway)) {
      for (int bytes : new int[] {1 << 16, 1 << 18, 1 << 20, 1 << 22, 1 << 24}) {
        var file = StoredFile.put(rig, connection, length, true);
        for (int count : new int[] {1, FURTHER}) {
          var cost =
              Cost.of(
                  rig,
                  gateway,
                  () -> {
                    for (int i = 0; i < count; i++) {
                      long start = random.nextLong(length - bytes);
                      file.get(connection, start, start + bytes).orFail();
                    }
                  });
          String name = "%d KiB, %s".formatted(bytes >> 10, count == 1 ? "first" : "further");
          add(report, name, cost.asked(), count, bytes);
        }
        rig.clear();
      }
    }
    rig.end();
  }

  private static void add(Report report, String name, Counts asked, int count, int bytes) {
    report.add(name, asked, count);
    report.add(name + ": asked for", "times", asked.bytesAsked() / (double) count / bytes);
    report.add(name + ": sent", "times", asked.bytesOut() / (double) count / bytes);
  }
}
