package io.raic.benchmarks.system;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code ./raic serve}, built, until it has answered a request. */
record Start() implements Scenario {
  @Override
  public String name() {
    return "start";
  }

  @Override
  public String about() {
    return "./raic serve to the first answer";
  }

  @Override
  public void run(Rig rig, Report report) throws IOException {
    rig.end();
    var seconds = new ArrayList<Double>();
    var core = new ArrayList<Double>();
    var peak = new ArrayList<Double>();
    for (int round = 0; round < rig.scale().rounds(); round++) {
      long begun = System.nanoTime();
      try (var gateway = Gateway.start(rig.stores(), List.of(), Map.of());
          var connection = rig.connect(gateway)) {
        if (connection.get("/uri/nothing").status() != 400) {
          throw new IOException("the gateway does not answer");
        }
        seconds.add((System.nanoTime() - begun) / 1e9);
        core.add(gateway.facts().coreSeconds());
        peak.add(gateway.facts().peakMib());
      }
    }
    report.add(new Figure("to the first answer", "s", seconds));
    report.add(new Figure("to the first answer", "core-s", core));
    report.add(new Figure("peak of the process", "MiB", peak));
  }
}
