package io.raic.gateway.provider;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** A list of providers as YAML, in which every value is a text: 007 and no are what they are. */
final class ProviderYaml {
  private static final String PROVIDERS = "providers";
  private static final int MAX_DEPTH = 10;
  private static final int MAX_ALIASES = 10;

  private ProviderYaml() {}

  /**
   * Reads the entries out of {@code text}.
   *
   * @throws IllegalArgumentException if it holds anything else; the message shows no value
   */
  static List<GivenSettings> parse(String text) {
    @Nullable Object root;
    try {
      root = reader().load(text);
    } catch (MarkedYAMLException e) {
      String where =
          Optional.ofNullable(e.getProblemMark())
              .map(at -> " at line %d, column %d".formatted(at.getLine() + 1, at.getColumn() + 1))
              .orElse("");
      // Its own words may quote the line, and the cause would.
      throw new IllegalArgumentException("this is no YAML%s".formatted(where));
    } catch (YAMLException _) {
      throw new IllegalArgumentException("this is no YAML");
    }
    if (root == null || root.equals("")) {
      return List.of();
    }
    if (!(root instanceof Map<?, ?> map)) {
      throw new IllegalArgumentException("there is no list called providers");
    }
    for (Object key : map.keySet()) {
      if (!PROVIDERS.equals(key)) {
        throw new IllegalArgumentException("providers is the only name that can stand at the top");
      }
    }
    return entries(map.get(PROVIDERS));
  }

  private static List<GivenSettings> entries(@Nullable Object list) {
    if (list == null || list.equals("")) {
      return List.of();
    }
    if (!(list instanceof List<?> all)) {
      throw new IllegalArgumentException("providers is no list");
    }
    var entries = new ArrayList<GivenSettings>();
    for (Object entry : all) {
      String place = "providers[%d]".formatted(entries.size());
      if (!(entry instanceof Map<?, ?> settings)) {
        throw new IllegalArgumentException(place + " has no settings");
      }
      var given = new GivenSettings();
      flatten(place, "", settings, given);
      entries.add(given);
    }
    return entries;
  }

  private static void flatten(String place, String prefix, Map<?, ?> from, GivenSettings into) {
    from.forEach((key, value) -> {
      if (!(key instanceof String name)) {
        throw new IllegalArgumentException(place + " has a name that is no text");
      }
      String full = prefix + name;
      switch (value) {
        case null -> into.put(full, "");
        case String text -> into.put(full, text);
        case Map<?, ?> nested -> flatten(place, full + ".", nested, into);
        default -> throw new IllegalArgumentException("%s.%s is no text".formatted(place, full));
      }
    });
  }

  /** Returns {@code entries} as YAML, prices and limits below names of their own. */
  static String print(List<GivenSettings> entries) {
    return writer().dump(Map.of(PROVIDERS, entries.stream().map(ProviderYaml::nested).toList()));
  }

  private static Map<String, Object> nested(GivenSettings entry) {
    var nested = new LinkedHashMap<String, Object>();
    var groups = new LinkedHashMap<String, Map<String, String>>();
    entry.forEach((name, value) -> {
      int dot = name.indexOf('.');
      if (dot < 1) {
        nested.put(name, value);
      } else {
        groups
            .computeIfAbsent(name.substring(0, dot), _ -> new LinkedHashMap<>())
            .put(name.substring(dot + 1), value);
      }
    });
    nested.putAll(groups);
    return nested;
  }

  private static Yaml reader() {
    var options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    options.setNestingDepthLimit(MAX_DEPTH);
    options.setMaxAliasesForCollections(MAX_ALIASES);
    var style = new DumperOptions();
    return new Yaml(
        new SafeConstructor(options), new Representer(style), style, options, new TextResolver());
  }

  private static Yaml writer() {
    var style = new DumperOptions();
    style.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    style.setIndent(4);
    style.setIndicatorIndent(2);
    style.setSplitLines(false);
    style.setAllowUnicode(true);
    return new Yaml(style);
  }

  /** Takes every plain value for a text. */
  private static final class TextResolver extends Resolver {
    @Override
    protected void addImplicitResolvers() {}
  }
}
