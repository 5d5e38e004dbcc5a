package io.raic.gateway.provider;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Some settings of a provider that the gateway reads itself, by their names. */
final class Group {
  private record Given(String written, String value) {}

  private final Place place;
  private final List<String> known;
  private final Map<String, Given> values = new HashMap<>();

  Group(Place place, List<String> known) {
    this.place = place;
    this.known = known;
  }

  boolean knows(String name) {
    return known.stream().anyMatch(k -> Spelling.plain(k).equals(Spelling.plain(name)));
  }

  /**
   * Takes a value; one of blanks only is none.
   *
   * @param written its name as it is written
   * @param name its name within this group
   */
  void put(String written, String name, String value) {
    if (!knows(name)) {
      throw place.wrong(
          written,
          " is unknown; known are %s%s"
              .formatted(
                  String.join(", ", known),
                  Spelling.nearest(name, known).map("; did you mean %s?"::formatted).orElse("")));
    }
    if (!value.isBlank()
        && values.put(Spelling.plain(name), new Given(written, value.strip())) != null) {
      throw place.wrong(written, " is there twice");
    }
  }

  boolean has(String name) {
    return values.containsKey(Spelling.plain(name));
  }

  Optional<String> find(String name) {
    return find(name, "a text", text -> text);
  }

  /**
   * Returns a value.
   *
   * @param want what it has to look like
   * @param parse reads it, or throws an {@link IllegalArgumentException}, whose words are not used:
   *     they may quote what stands at the wrong place
   */
  <T> Optional<T> find(String name, String want, Function<String, T> parse) {
    var given = Optional.ofNullable(values.get(Spelling.plain(name)));
    try {
      return given.map(Given::value).map(parse);
    } catch (IllegalArgumentException _) {
      throw place.wrong(given.map(Given::written).orElse(name), " is not " + want);
    }
  }
}
