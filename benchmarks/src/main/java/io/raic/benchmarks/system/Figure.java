package io.raic.benchmarks.system;

import java.util.Arrays;
import java.util.List;

/**
 * A figure, measured once or several times.
 *
 * @param name what was measured
 * @param unit of the values
 * @param values in the order in which they were measured; at least one
 */
record Figure(String name, String unit, List<Double> values) {
  Figure {
    if (values.isEmpty()) {
      throw new IllegalArgumentException(name + ": nothing was measured");
    }
    values = List.copyOf(values);
  }

  static Figure of(String name, String unit, double... values) {
    return new Figure(name, unit, Arrays.stream(values).boxed().toList());
  }

  /** Returns the middle one; of an even number, the mean of the two in the middle. */
  double median() {
    var sorted = values.stream().sorted().toList();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }

  double least() {
    return values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }

  double most() {
    return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }
}
