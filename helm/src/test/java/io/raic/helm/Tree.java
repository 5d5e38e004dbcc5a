package io.raic.helm;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * A part of a YAML or JSON document. Reading what is not there gives an empty tree, so that a test
 * says what it wants in one line.
 *
 * @param value a map, a list, a scalar, or null where there is nothing
 */
record Tree(@Nullable Object value) {
  /** Reads one document; a name that is there twice is refused. */
  static Tree of(String yaml) {
    return new Tree(yaml().load(yaml));
  }

  /** Reads all documents but the empty ones. */
  static List<Tree> all(String yaml) {
    return StreamSupport.stream(yaml().loadAll(yaml).spliterator(), false)
        .filter(Objects::nonNull)
        .map(Tree::new)
        .toList();
  }

  private static Yaml yaml() {
    var options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    return new Yaml(new SafeConstructor(options));
  }

  /** Returns what a path of names and numbers leads to. */
  Tree at(Object... path) {
    @Nullable Object here = value;
    for (Object step : path) {
      here =
          switch (here) {
            case Map<?, ?> map -> map.get(step);
            case List<?> list when step instanceof Integer index && index < list.size() ->
                list.get(index);
            case null, default -> null;
          };
    }
    return new Tree(here);
  }

  boolean isThere() {
    return value != null;
  }

  /** Returns the elements of a list; none where there is no list. */
  List<Tree> list() {
    return value instanceof List<?> list ? list.stream().map(Tree::new).toList() : List.of();
  }

  /** Returns a map by its names as text; empty where there is no map. */
  Map<String, Object> map() {
    var named = new LinkedHashMap<String, Object>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((name, element) -> named.put(String.valueOf(name), element));
    }
    return named;
  }

  /** Returns the element of a list that has this {@code name}. */
  Tree named(String name) {
    return list().stream()
        .filter(element -> element.at("name").text().equals(name))
        .findFirst()
        .orElse(new Tree(null));
  }

  /** Returns a scalar as text; empty where there is none. */
  String text() {
    return value == null ? "" : value.toString();
  }

  JsonElement json() {
    return new Gson().toJsonTree(value);
  }
}
