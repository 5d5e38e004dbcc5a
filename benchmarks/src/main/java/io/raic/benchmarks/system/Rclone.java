package io.raic.benchmarks.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The same long file through {@code rclone crypt} over a directory, turn by turn with the gateway:
 * one copy of it and no coding.
 */
record Rclone() implements Scenario {
  @Override
  public String name() {
    return "rclone";
  }

  @Override
  public String about() {
    return "a long file through rclone crypt over a directory, beside the gateway";
  }

  @Override
  public void run(Rig rig, Report report) throws IOException {
    String version;
    try {
      version = Shell.run(List.of("rclone", "version")).lines().findFirst().orElse("");
    } catch (Shell.Failed _) {
      report.note("rclone is not installed");
      return;
    }
    var gateway = rig.warm(report);
    report.note(version + "; rcat and cat through pipes; its time is that of the whole command");
    var directory = Files.createTempDirectory("raic-rclone");
    try (var connection = rig.connect(gateway)) {
      measure(rig, gateway, connection, new RcloneCommand(directory), report);
    } finally {
      List<Path> all;
      try (var found = Files.walk(directory)) {
        all = found.sorted(Comparator.reverseOrder()).toList();
      }
      for (var path : all) {
        Files.delete(path);
      }
    }
  }

  private static void measure(
      Rig rig, Gateway gateway, GatewayConnection connection, RcloneCommand rclone, Report report)
      throws IOException {
    long bytes = rig.scale().largeBytes();
    var up = new ArrayList<Cost>();
    var upRandom = new ArrayList<Cost>();
    var down = new ArrayList<Cost>();
    var otherUp = new ArrayList<Cost>();
    var otherDown = new ArrayList<Cost>();
    for (int round = 0; round < rig.scale().rounds(); round++) {
      int file = rig.newFile();
      otherUp.add(rclone.up(rig.pattern(), file, bytes));
      up.add(Cost.of(rig, gateway, () -> connection.put(file, bytes, false).orFail()));
      rig.clear();
      var cap = new String[1];
      upRandom.add(
          Cost.of(rig, gateway, () -> cap[0] = connection.put(file, bytes, true).orFail().text()));
      otherDown.add(rclone.down(rig.pattern(), file, bytes));
      down.add(Cost.of(rig, gateway, () -> connection.get(cap[0], file, 0, bytes, true).orFail()));
      rig.clear();
    }
    report.add("rclone crypt up", otherUp, bytes);
    report.add("gateway up, convergent", up, bytes);
    report.add("gateway up, random", upRandom, bytes);
    report.add("rclone crypt down", otherDown, bytes);
    report.add("gateway down", down, bytes);
    report.add(ratio("up, rclone to gateway, convergent", otherUp, up));
    report.add(ratio("up, rclone to gateway, random", otherUp, upRandom));
    report.add(ratio("down, rclone to gateway", otherDown, down));
  }

  private static Figure ratio(String name, List<Cost> others, List<Cost> ours) {
    var ratios = new ArrayList<Double>();
    for (int i = 0; i < ours.size(); i++) {
      ratios.add(others.get(i).coreSeconds() / ours.get(i).coreSeconds());
    }
    return new Figure(name, "times less", ratios);
  }
}
