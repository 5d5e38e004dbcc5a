package io.raic.benchmarks.system;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes maps, lists, texts, numbers and truth values as JSON. */
final class Json {
  private Json() {}

  /**
   * Returns the text.
   *
   * @throws IllegalArgumentException if {@code value} has something else in it
   */
  static String of(Object value) {
    var text = new StringBuilder();
    write(value, text, "\n");
    return text.append('\n').toString();
  }

  private static void write(Object value, StringBuilder to, String newLine) {
    switch (value) {
      case String text -> quote(text, to);
      case Double number when !Double.isFinite(number) -> to.append("null");
      case Double number -> to.append(String.format(Locale.ROOT, "%.6g", number));
      case Number number -> to.append(number);
      case Boolean truth -> to.append(truth);
      case List<?> list -> {
        String before = "[";
        for (var element : list) {
          to.append(before);
          write(element, to, newLine);
          before = ", ";
        }
        to.append(list.isEmpty() ? "[]" : "]");
      }
      case Map<?, ?> map -> {
        String before = "{";
        for (var entry : map.entrySet()) {
          to.append(before).append(newLine).append("  ");
          quote(entry.getKey().toString(), to);
          to.append(": ");
          write(entry.getValue(), to, newLine + "  ");
          before = ",";
        }
        to.append(map.isEmpty() ? "{}" : newLine + "}");
      }
      default -> throw new IllegalArgumentException("no JSON for " + value.getClass());
    }
  }

  private static void quote(String text, StringBuilder to) {
    to.append('"');
    text.chars()
        .forEach(c -> {
          if (c == '"' || c == '\\') {
            to.append('\\').append((char) c);
          } else if (c < ' ') {
            to.append(String.format(Locale.ROOT, "\\u%04x", c));
          } else {
            to.append((char) c);
          }
        });
    to.append('"');
  }
}
