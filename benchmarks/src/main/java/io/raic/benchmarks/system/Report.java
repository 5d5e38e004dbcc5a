package io.raic.benchmarks.system;

import io.raic.benchmarks.system.store.Counts;
import io.raic.benchmarks.system.store.Kind;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints figures as they come, and keeps them for the JSON. */
final class Report {
  private final PrintStream out;
  private final Map<String, Object> head = new LinkedHashMap<>();
  private final List<Object> scenarios = new ArrayList<>();
  private List<Object> figures = new ArrayList<>();
  private List<Object> notes = new ArrayList<>();

  Report(PrintStream out, Scale scale) throws IOException {
    this.out = out;
    head.putAll(Machine.facts());
    head.put("quick", scale.equals(Scale.QUICK));
    head.put("loadBefore", Machine.load());
    head.forEach((name, value) -> out.printf("%s: %s%n", name, value));
  }

  /** Begins a scenario, to which all belongs that follows. */
  void begin(Scenario scenario) {
    figures = new ArrayList<>();
    notes = new ArrayList<>();
    scenarios.add(Map.of("name", scenario.name(), "figures", figures, "notes", notes));
    out.printf("%n## %s: %s%n%n", scenario.name(), scenario.about());
    out.printf("| %-56s | %12s | %12s | %12s | %-12s |%n", "", "median", "least", "most", "");
    out.println("|---|---|---|---|---|");
  }

  void add(Figure figure) {
    out.printf(
        Locale.ROOT,
        "| %-56s | %12s | %12s | %12s | %-12s |%n",
        figure.name(),
        number(figure.median()),
        number(figure.least()),
        number(figure.most()),
        figure.unit());
    out.flush();
    var entry = new LinkedHashMap<String, Object>();
    entry.put("name", figure.name());
    entry.put("unit", figure.unit());
    entry.put("median", figure.median());
    entry.put("least", figure.least());
    entry.put("most", figure.most());
    entry.put("values", figure.values());
    figures.add(entry);
  }

  void add(String name, String unit, double... values) {
    add(Figure.of(name, unit, values));
  }

  /** Adds what was asked of the stores, for one operation of many. */
  void add(String name, Counts asked, int operations) {
    for (var kind : Kind.values()) {
      if (asked.of(kind) > 0) {
        add(name + ": " + kind.text(), "requests", asked.of(kind) / (double) operations);
      }
    }
  }

  /** Adds the tail of a record. */
  void add(String name, Latencies latencies) {
    add(name + ", p50", "ms", latencies.millis(50));
    add(name + ", p99", "ms", latencies.millis(99));
    add(name + ", p99.9", "ms", latencies.millis(99.9));
  }

  /** Adds costs of the same work over and over. */
  void add(String name, List<Cost> costs, long bytes) {
    add(
        new Figure(
            name,
            "core-s/GiB",
            costs.stream().map(cost -> cost.coreSecondsPerGib(bytes)).toList()));
    add(new Figure(name, "MiB/s", costs.stream().map(cost -> cost.mibPerSecond(bytes)).toList()));
    var asked = costs.stream().map(Cost::asked).reduce(Counts.NONE, Counts::plus);
    add(name, asked, costs.size());
  }

  /** Adds a sentence. */
  void note(String text) {
    notes.add(text);
    out.printf("| %s | | | | |%n", text);
    out.flush();
  }

  /** Returns everything as JSON. */
  String json() throws IOException {
    head.put("loadAfter", Machine.load());
    out.printf("%nload after: %s%n", Machine.load());
    head.put("scenarios", scenarios);
    return Json.of(head);
  }

  private static String number(double value) {
    double size = Math.abs(value);
    String format = size >= 100 || size == Math.rint(size) ? "%.0f" : size >= 10 ? "%.1f" : "%.3f";
    return String.format(Locale.ROOT, format, value);
  }
}
