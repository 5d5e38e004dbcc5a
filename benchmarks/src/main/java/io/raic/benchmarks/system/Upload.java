package io.raic.benchmarks.system;

import java.io.IOException;
import java.util.ArrayList;

/**
 * A long file goes up, one after the other.
 *
 * @param hasRandomKey whether the file has a key of its own, and so goes through in one pass
 */
record Upload(boolean hasRandomKey) implements Scenario {
  @Override
  public String name() {
    return hasRandomKey ? "upload-random" : "upload";
  }

  @Override
  public String about() {
    return "a long file up, single stream, %s key"
        .formatted(hasRandomKey ? "random" : "convergent");
  }

  @Override
  public void run(Rig rig, Report report) throws IOException {
    var gateway = rig.warm(report);
    long bytes = rig.scale().largeBytes();
    var costs = new ArrayList<Cost>();
    gateway.facts().forgetPeak();
    rig.profiled(
        gateway,
        name(),
        () -> {
          try (var connection = rig.connect(gateway)) {
            for (int round = 0; round < rig.scale().rounds(); round++) {
              int file = rig.newFile();
              costs.add(
                  Cost.of(rig, gateway, () -> connection.put(file, bytes, hasRandomKey).orFail()));
              rig.clear();
            }
          }
        });
    report.add("up", costs, bytes);
    report.add("peak of the process", "MiB", gateway.facts().peakMib());
    report.add("heap after a collection", "MiB", gateway.liveMib());
  }
}
