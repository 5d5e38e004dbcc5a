package io.raic.gateway.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.TypeConversionException;

/** What stands on the command line, as values; what is none is said in words. */
final class Arguments {
  private Arguments() {}

  /**
   * Returns the file or directory called {@code name}.
   *
   * @throws TypeConversionException if there can be none: an empty name, as an unset variable of a
   *     shell gives it, would be the current directory
   */
  static Path path(String name) {
    if (name.isEmpty()) {
      throw new TypeConversionException("the name is empty");
    }
    try {
      return Path.of(name);
    } catch (InvalidPathException _) {
      throw new TypeConversionException(
          "%s is no file name in this locale: set LC_ALL=C.UTF-8".formatted(name));
    }
  }

  /**
   * Returns the number that {@code digits} are.
   *
   * @throws TypeConversionException if they are none
   */
  static Integer number(String digits) {
    try {
      return Integer.valueOf(digits);
    } catch (NumberFormatException _) {
      throw new TypeConversionException(digits + " is no whole number");
    }
  }
}
