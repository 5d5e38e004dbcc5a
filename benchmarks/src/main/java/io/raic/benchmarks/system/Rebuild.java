package io.raic.benchmarks.system;

import io.raic.benchmarks.system.store.Fault;
import io.raic.benchmarks.system.store.StoreServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A long file comes down without two of its data shares: first lost, turn by turn with a healthy
 * file, then behind stores that hang, for which the gateway's circuits need not close in between.
 */
record Rebuild() implements Scenario {
  @Override
  public String name() {
    return "rebuild";
  }

  @Override
  public String about() {
    return "a long file down, two of three data shares rebuilt";
  }

  @Override
  public void run(Rig rig, Report report) throws IOException {
    var gateway = rig.warm(report);
    long bytes = rig.scale().largeBytes();
    var healthy = new ArrayList<Cost>();
    var lost = new ArrayList<Cost>();
    var hung = new ArrayList<Cost>();
    try (var connection = rig.connect(gateway)) {
      int poor = rig.newFile();
      String poorCap = connection.put(poor, bytes, true).orFail().text();
      for (var store : rig.stores()) {
        store.keys("shares/").stream().filter(Rebuild::isRebuilt).forEach(store::lose);
      }
      int file = rig.newFile();
      String cap = connection.put(file, bytes, true).orFail().text();
      Cost.Work getPoor = () -> connection.get(poorCap, poor, 0, bytes, true).orFail();
      Cost.Work get = () -> connection.get(cap, file, 0, bytes, true).orFail();
      getPoor.run();
      for (int round = 0; round < rig.scale().rounds(); round++) {
        healthy.add(Cost.of(rig, gateway, get));
        lost.add(Cost.of(rig, gateway, getPoor));
      }
      for (var store : holders(rig)) {
        store.set(new Fault.Hang());
      }
      report.add(
          "down, first after two stores hang",
          "MiB/s",
          Cost.of(rig, gateway, get).mibPerSecond(bytes));
      for (int round = 0; round < rig.scale().rounds(); round++) {
        hung.add(Cost.of(rig, gateway, get));
      }
    }
    report.add("down, healthy", healthy, bytes);
    report.add("down, two data shares lost", lost, bytes);
    report.add("down, two stores with data shares hang", hung, bytes);
    report.add("rate, lost to healthy", "ratio", ratio(lost, healthy, bytes));
    report.add("rate, hung to healthy", "ratio", ratio(hung, healthy, bytes));
    rig.end();
  }

  private static double ratio(List<Cost> some, List<Cost> others, long bytes) {
    return rate(some, bytes) / rate(others, bytes);
  }

  private static double rate(List<Cost> costs, long bytes) {
    return new Figure("", "", costs.stream().map(cost -> cost.mibPerSecond(bytes)).toList())
        .median();
  }

  private static boolean isRebuilt(String key) {
    return key.endsWith("/0") || key.endsWith("/1");
  }

  private static List<StoreServer> holders(Rig rig) {
    return rig.stores().stream()
        .filter(store -> store.keys("shares/").stream().anyMatch(Rebuild::isRebuilt))
        .toList();
  }
}
