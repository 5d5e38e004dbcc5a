package io.raic.cloud.box.fake;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A value of JSON, written by hand, so that the fake does not read what a client of it says with
 * that client's own library.
 *
 * @param value a map, list, string, long, double, boolean, or {@link #NULL}
 */
record Json(Object value) {
  /** A value of which there is one only. */
  enum Word {
    /** The word null. */
    NULL;

    @Override
    public String toString() {
      return "null";
    }
  }

  /** The word null. */
  static final Word NULL = Word.NULL;

  /** Reads one value, and nothing after it. */
  static Json parse(String text) {
    var parser = new JsonParser(text);
    return new Json(parser.whole());
  }

  /** Returns an object of names and values by turns. */
  static Map<String, Object> object(Object... namesAndValues) {
    var object = new LinkedHashMap<String, Object>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      object.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return object;
  }

  Optional<Json> member(String name) {
    if (value instanceof Map<?, ?> map) {
      var member = map.get(name);
      return member == null || member == NULL ? Optional.empty() : Optional.of(new Json(member));
    }
    return Optional.empty();
  }

  Optional<String> text(String name) {
    return member(name).map(Json::value).filter(String.class::isInstance).map(String.class::cast);
  }

  Optional<Long> number(String name) {
    return member(name).map(Json::value).filter(Long.class::isInstance).map(Long.class::cast);
  }

  List<Json> list(String name) {
    var list = new ArrayList<Json>();
    if (member(name).map(Json::value).orElse(List.of()) instanceof List<?> values) {
      values.forEach(each -> list.add(new Json(each)));
    }
    return list;
  }

  @Override
  public String toString() {
    var out = new StringBuilder();
    write(value, out);
    return out.toString();
  }

  private static void write(Object value, StringBuilder out) {
    switch (value) {
      case String text -> quote(text, out);
      case Map<?, ?> map -> {
        String before = "{";
        for (var entry : map.entrySet()) {
          out.append(before);
          quote(entry.getKey().toString(), out);
          write(entry.getValue(), out.append(':'));
          before = ",";
        }
        out.append(map.isEmpty() ? "{}" : "}");
      }
      case List<?> list -> {
        String before = "[";
        for (Object each : list) {
          write(each, out.append(before));
          before = ",";
        }
        out.append(list.isEmpty() ? "[]" : "]");
      }
      default -> out.append(value);
    }
  }

  private static void quote(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == '"' || c == '\\' || c > '~') {
        out.append("\\u%04x".formatted((int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
