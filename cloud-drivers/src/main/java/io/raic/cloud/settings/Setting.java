package io.raic.cloud.settings;

import java.util.Optional;

/**
 * One thing that a driver can be told.
 *
 * @param name in small letters with dashes
 * @param kind what its value looks like
 * @param need whether it has to be given
 * @param otherwise its value if none is given
 * @param meaning one line for people
 */
public record Setting(
    String name, Kind kind, Need need, Optional<String> otherwise, String meaning) {
  /** What a value looks like. */
  public enum Kind {
    /** Any text. */
    TEXT,
    /** A credential; may be given as the name of a file with {@code -file} after the name. */
    SECRET,
    /** An address with http or https. */
    ADDRESS,
    /** A file or directory. */
    PATH,
    /** {@code true} or {@code false}. */
    FLAG
  }

  /** Whether a setting has to be given. */
  public enum Need {
    /** Always. */
    REQUIRED,
    /** Only by those who want it. */
    OPTIONAL
  }

  /** What is added to the name of a secret to give a file instead. */
  public static final String FILE_SUFFIX = "-file";

  /** Returns one that has to be given. */
  public static Setting required(String name, Kind kind, String meaning) {
    return new Setting(name, kind, Need.REQUIRED, Optional.empty(), meaning);
  }

  /** Returns one that need not be given. */
  public static Setting optional(String name, Kind kind, String meaning) {
    return new Setting(name, kind, Need.OPTIONAL, Optional.empty(), meaning);
  }

  /** Returns one that has a value if none is given. */
  public static Setting withDefault(String name, Kind kind, String value, String meaning) {
    return new Setting(name, kind, Need.OPTIONAL, Optional.of(value), meaning);
  }
}
