package io.raic.gateway.provider;

import io.raic.cloud.CloudBackend;
import io.raic.cloud.registry.Backends;
import io.raic.cloud.registry.Driver;
import io.raic.cloud.settings.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A kind of provider.
 *
 * @param type what the configuration calls it
 * @param summary what it is, in a few words
 * @param settings all that it can be told
 * @param opener makes stores of it
 */
public record DriverKind(String type, String summary, List<Setting> settings, Opener opener) {
  /** Makes a store. */
  @FunctionalInterface
  public interface Opener {
    /**
     * Opens a store without asking it for anything.
     *
     * @throws IllegalArgumentException if a setting makes no sense
     */
    CloudBackend open(String id, Map<String, String> settings);
  }

  /** Copies the list. */
  public DriverKind {
    settings = List.copyOf(settings);
  }

  static DriverKind of(Driver driver) {
    return new DriverKind(
        driver.type(),
        driver.summary(),
        driver.settings(),
        (id, given) -> Backends.open(driver, id, given));
  }

  /** Says whether a driver can be told {@code name}, as somebody wrote it. */
  public boolean knows(String name) {
    return find(name).isPresent() || secretInFile(name).isPresent();
  }

  /** Returns what is said about a name that it does not know. */
  public String unknown(String name) {
    return unknown(name, List.of());
  }

  /** As {@link #unknown(String)}, where one of {@code others} may have been meant. */
  String unknown(String name, List<String> others) {
    var names = settings.stream().map(Setting::name).toList();
    var near = new ArrayList<>(names);
    near.addAll(secrets().stream().map(DriverKind::inFile).toList());
    near.addAll(others);
    return "%s is unknown; known are %s%s"
        .formatted(
            name,
            String.join(", ", names),
            Spelling.nearest(name, near).map("; did you mean %s?"::formatted).orElse(""));
  }

  /** Says whether {@code name} is that of a credential itself, rather than of a file with one. */
  public boolean isSecret(String name) {
    return find(name).filter(DriverKind::isSecret).isPresent();
  }

  /** Says whether {@code name} is that of a file with a credential. */
  public boolean isSecretInFile(String name) {
    return secretInFile(name).isPresent();
  }

  /** Says whether {@code name} is that of a file or directory, with a credential or not. */
  public boolean isPath(String name) {
    return isSecretInFile(name)
        || find(name).filter(setting -> setting.kind() == Setting.Kind.PATH).isPresent();
  }

  /** Returns the names of all credentials. */
  List<String> secrets() {
    return settings.stream().filter(DriverKind::isSecret).map(Setting::name).toList();
  }

  /** Returns the setting that is called {@code name}, however that is written. */
  Optional<Setting> find(String name) {
    return settings.stream()
        .filter(setting -> Spelling.plain(setting.name()).equals(Spelling.plain(name)))
        .findFirst();
  }

  private Optional<Setting> secretInFile(String name) {
    return settings.stream()
        .filter(DriverKind::isSecret)
        .filter(setting -> Spelling.plain(inFile(setting.name())).equals(Spelling.plain(name)))
        .findFirst();
  }

  /** Returns the name for giving the file of a credential. */
  static String inFile(String secret) {
    return secret + Setting.FILE_SUFFIX;
  }

  private static boolean isSecret(Setting setting) {
    return setting.kind() == Setting.Kind.SECRET;
  }
}
