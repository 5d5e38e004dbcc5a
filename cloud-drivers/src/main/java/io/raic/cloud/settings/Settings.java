package io.raic.cloud.settings;

import io.raic.cloud.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one provider is configured with, checked against what its driver knows.
 *
 * <p>Names are compared without dashes and dots and in any case, as environment variables have
 * them. A name that the driver does not know is refused: it may be a misspelt one.
 */
public final class Settings {
  private final Map<String, Setting> known;
  private final Map<String, String> given;

  private Settings(Map<String, Setting> known, Map<String, String> given) {
    this.known = known;
    this.given = given;
  }

  /**
   * Checks the names of what is given, and that nothing is missing.
   *
   * @param known all that the driver can be told
   * @param given values by name
   * @throws SettingException for the first thing that is wrong
   */
  public static Settings of(List<Setting> known, Map<String, String> given) {
    var byName = known.stream().collect(Collectors.toMap(setting -> plain(setting.name()), s -> s));
    var names = new HashSet<String>();
    for (var setting : known) {
      names.add(plain(setting.name()));
      if (setting.kind() == Setting.Kind.SECRET) {
        names.add(plain(setting.name() + Setting.FILE_SUFFIX));
      }
    }
    var values = new HashMap<String, String>();
    given.forEach((name, value) -> {
      requireKnown(name, names, known);
      if (!value.isBlank() && values.put(plain(name), value.strip()) != null) {
        throw new SettingException(name, " is there twice");
      }
    });
    var settings = new Settings(byName, values);
    for (var setting : known) {
      if (setting.need() == Setting.Need.REQUIRED && !settings.has(setting.name())) {
        throw new SettingException(setting.name(), " is missing: " + setting.meaning());
      }
    }
    return settings;
  }

  private static void requireKnown(String name, Set<String> names, List<Setting> known) {
    if (!names.contains(plain(name))) {
      throw new SettingException(
          name,
          " is unknown; known are "
              + known.stream().map(Setting::name).collect(Collectors.joining(", ")));
    }
  }

  private static String plain(String name) {
    return name.replaceAll("[-_.]", "").toLowerCase(Locale.ROOT);
  }

  /** Says whether a value was given, for a secret as text or as a file. */
  public boolean has(String name) {
    return given.containsKey(plain(name)) || given.containsKey(plain(name + Setting.FILE_SUFFIX));
  }

  /** Returns a text, or its default; empty if there is neither. */
  public Optional<String> find(String name) {
    var setting = declared(name);
    if (setting.kind() == Setting.Kind.SECRET) {
      throw new IllegalStateException(name + " is a secret");
    }
    return Optional.ofNullable(given.get(plain(name))).or(setting::otherwise);
  }

  /**
   * Returns a text, or its default.
   *
   * @throws SettingException if there is neither
   */
  public String text(String name) {
    return find(name).orElseThrow(() -> new SettingException(name, " is missing"));
  }

  /** Returns a secret, which may be in a file; empty if none was given. */
  public Optional<Secret> findSecret(String name) {
    declared(name);
    var text = Optional.ofNullable(given.get(plain(name)));
    var file = Optional.ofNullable(given.get(plain(name + Setting.FILE_SUFFIX)));
    if (text.isPresent() && file.isPresent()) {
      throw new SettingException(name, " is given as text and as a file");
    }
    return text.map(Secret::of).or(() -> file.map(f -> Secret.inFile(path(name, f))));
  }

  /**
   * Returns a secret, which may be in a file.
   *
   * @throws SettingException if none was given
   */
  public Secret secret(String name) {
    return findSecret(name).orElseThrow(() -> new SettingException(name, " is missing"));
  }

  /** Returns a file or directory; empty if none was given. */
  public Optional<Path> findPath(String name) {
    return find(name).map(text -> path(name, text));
  }

  private static Path path(String name, String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new SettingException(name, " is not a path: " + e.getReason());
    }
  }

  /** Returns whether a flag is set. */
  public boolean flag(String name) {
    return switch (text(name)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new SettingException(name, " is neither true nor false");
    };
  }

  /** Returns an address with http or https, a host, and no user, query or fragment. */
  public Optional<URI> findAddress(String name) {
    return find(name).map(text -> address(name, text));
  }

  private static URI address(String name, String text) {
    try {
      var address = new URI(text);
      boolean isWeb = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
      if (isWeb
          && address.getHost() != null
          && address.getUserInfo() == null
          && address.getQuery() == null
          && address.getFragment() == null) {
        return address;
      }
    } catch (URISyntaxException _) {
      // The text may hold a password: it is not repeated.
    }
    throw new SettingException(name, " is not an address like https://host:port");
  }

  /** Returns one of the words that a setting may be. */
  public String oneOf(String name, List<String> words) {
    String text = text(name);
    if (!words.contains(text)) {
      throw new SettingException(name, " is not one of " + String.join(", ", words));
    }
    return text;
  }

  private Setting declared(String name) {
    var setting = known.get(plain(name));
    if (setting == null) {
      throw new IllegalStateException("the driver does not declare " + name);
    }
    return setting;
  }
}
