package io.raic.gateway;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The names of environment variables that mean something to us: Spring leaves alone what it does
 * not know, and whoever misspelt {@code RAIC_AUTH_MODE} would believe to be safe.
 */
final class VariableNames {
  private static final String OURS = "RAIC_";

  /** Of commands, the launcher and the tests; not of the gateway. */
  private static final Set<String> OTHERS =
      Set.of(
          "RAIC_URL",
          "RAIC_TOKEN",
          "RAIC_CA_FILE",
          "RAIC_DEBUG",
          "RAIC_JAVA_OPTS",
          "RAIC_NO_BUILD",
          "RAIC_TESTBED",
          "RAIC_TESTBED_CONTAINERS");

  /** What stands after the number is checked by those who read it, for it depends on the driver. */
  private static final Pattern PROVIDER = Pattern.compile("RAIC_PROVIDERS_[0-9]+_.+");

  private static final Pattern ELEMENT = Pattern.compile("_[0-9]+$");

  private VariableNames() {}

  /**
   * Refuses the first of {@code names} that looks like ours and is not.
   *
   * @throws IllegalArgumentException which names it
   */
  static void requireKnown(Collection<String> names) {
    var known = new HashSet<String>();
    var lists = new HashSet<String>();
    collect(GatewayProperties.class, List.of(""), known, lists);
    for (String name : new TreeSet<>(names)) {
      String plain = name.toUpperCase(Locale.ROOT);
      boolean isElement =
          ELEMENT.matcher(plain).find() && lists.contains(ELEMENT.matcher(plain).replaceFirst(""));
      if (plain.startsWith(OURS)
          && !known.contains(plain)
          && !OTHERS.contains(plain)
          && !isElement
          && !PROVIDER.matcher(plain).matches()) {
        throw new IllegalArgumentException(
            "the environment variable %s means nothing: see docs/configuration.md, or unset it"
                .formatted(name));
      }
    }
  }

  /** Adds the names of all settings below {@code prefixes}, in both ways that Spring reads. */
  private static void collect(
      Class<?> group, List<String> prefixes, Set<String> known, Set<String> lists) {
    for (RecordComponent setting : group.getRecordComponents()) {
      String dashed = setting.getName().replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
      var names =
          prefixes.stream()
              .map(prefix -> prefix.isEmpty() ? OURS : prefix + "_")
              .flatMap(prefix -> Stream.of(prefix + dashed, prefix + dashed.replace("_", "")))
              .toList();
      if (setting.getType().isRecord()) {
        collect(setting.getType(), names, known, lists);
      } else {
        known.addAll(names);
        if (isList(setting.getGenericType())) {
          lists.addAll(names);
        }
      }
    }
  }

  private static boolean isList(Type type) {
    return type instanceof ParameterizedType generic && generic.getRawType().equals(List.class);
  }
}
