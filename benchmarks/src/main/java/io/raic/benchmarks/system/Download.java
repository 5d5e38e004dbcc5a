package io.raic.benchmarks.system;

import java.io.IOException;
import java.util.ArrayList;

/** A long file comes down, over and over; every byte is compared. */
record Download() implements Scenario {
  @Override
  public String name() {
    return "download";
  }

  @Override
  public String about() {
    return "a long file down, single stream, all stores well";
  }

  @Override
  public void run(Rig rig, Report report) throws IOException {
    var gateway = rig.warm(report);
    long bytes = rig.scale().largeBytes();
    var costs = new ArrayList<Cost>();
    try (var connection = rig.connect(gateway)) {
      int file = rig.newFile();
      String cap = connection.put(file, bytes, true).orFail().text();
      gateway.facts().forgetPeak();
      rig.profiled(
          gateway,
          name(),
          () -> {
            for (int round = 0; round < rig.scale().rounds(); round++) {
              costs.add(
                  Cost.of(rig, gateway, () -> connection.get(cap, file, 0, bytes, true).orFail()));
            }
          });
    }
    rig.clear();
    report.add("down", costs, bytes);
    report.add("peak of the process", "MiB", gateway.facts().peakMib());
    report.add("heap after a collection", "MiB", gateway.liveMib());
  }
}
