package io.raic.gateway.cli;

import java.util.ArrayList;
import java.util.List;

/** A table for people: columns as wide as what is in them. */
final class TextTable {
  private TextTable() {}

  /**
   * Returns its lines.
   *
   * @param rows each with as many cells as {@code titles}
   */
  static List<String> lines(List<String> titles, List<List<String>> rows) {
    var all = new ArrayList<List<String>>();
    all.add(titles);
    all.addAll(rows);
    int[] widths = new int[titles.size()];
    for (var row : all) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return all.stream().map(row -> line(row, widths)).toList();
  }

  private static String line(List<String> row, int[] widths) {
    var line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
    }
    return line.toString().stripTrailing();
  }
}
