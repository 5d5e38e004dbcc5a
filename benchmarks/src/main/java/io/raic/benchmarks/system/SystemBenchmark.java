package io.raic.benchmarks.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Measures the whole system: a gateway, five stores on loopback, and its clients. */
public final class SystemBenchmark {
  private SystemBenchmark() {}

  /**
   * Measures all scenarios, or those named.
   *
   * @param args names, {@code --quick}, {@code --json FILE} and {@code --profile DIRECTORY}
   */
  public static void main(String[] args) throws IOException {
    var scenarios = new ArrayList<Scenario>();
    Optional<Path> json = Optional.empty();
    Optional<Path> profiles = Optional.empty();
    var scale = Scale.WHOLE;
    for (var words = List.of(args).iterator(); words.hasNext(); ) {
      String word = words.next();
      switch (word) {
        case "--quick" -> scale = Scale.QUICK;
        case "--profile" -> profiles = Optional.of(Path.of(words.next()));
        case "--json" -> json = Optional.of(Path.of(words.next()));
        default -> scenarios.add(named(word));
      }
    }
    boolean isWell = run(scenarios.isEmpty() ? Scenario.ALL : scenarios, scale, json, profiles);
    System.exit(isWell ? 0 : 1);
  }

  private static Scenario named(String name) {
    return Scenario.ALL.stream()
        .filter(scenario -> scenario.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "%s is none of %s"
                    .formatted(name, Scenario.ALL.stream().map(Scenario::name).toList())));
  }

  /** Returns whether all could be measured. */
  private static boolean run(
      List<Scenario> scenarios, Scale scale, Optional<Path> json, Optional<Path> profiles)
      throws IOException {
    boolean isWell = true;
    var report = new Report(System.out, scale);
    try (var rig = new Rig(scale, profiles)) {
      for (var scenario : scenarios) {
        report.begin(scenario);
        try {
          scenario.run(rig, report);
        } catch (IOException e) {
          report.note("FAILED: " + e.getMessage());
          isWell = false;
          rig.end();
        }
      }
    } finally {
      String text = report.json();
      if (json.isPresent()) {
        Files.writeString(json.get(), text);
      }
    }
    return isWell;
  }
}
