package io.raic.gateway.provider;

import io.raic.cloud.registry.Driver;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The kinds of providers there are.
 *
 * @param kinds all of them
 */
public record Drivers(List<DriverKind> kinds) {
  /** The kind of a provider that says nothing of it. */
  static final String DEFAULT = Driver.LOCAL.type();

  /** Copies the list. */
  public Drivers {
    kinds = List.copyOf(kinds);
  }

  /** Returns those that this version has. */
  public static Drivers all() {
    return new Drivers(Arrays.stream(Driver.values()).map(DriverKind::of).toList());
  }

  /** Returns the kind called {@code type}, in any case. */
  public Optional<DriverKind> find(String type) {
    String lower = type.toLowerCase(Locale.ROOT);
    return kinds.stream().filter(kind -> kind.type().equals(lower)).findFirst();
  }

  /** Returns what is said about a type that is none. */
  public String unknown(String type) {
    var types = kinds.stream().map(DriverKind::type).toList();
    return " is none of %s%s"
        .formatted(
            types.stream().collect(Collectors.joining(", ")),
            Spelling.nearest(type, types).map("; did you mean %s?"::formatted).orElse(""));
  }
}
