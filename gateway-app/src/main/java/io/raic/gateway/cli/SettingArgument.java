package io.raic.gateway.cli;

import io.raic.gateway.provider.GivenSettings;

/**
 * A {@code NAME=VALUE} of a command line.
 *
 * @param name what stands before the first equals sign
 * @param value all that stands after it
 */
record SettingArgument(String name, String value) {
  /**
   * Reads {@code argument}.
   *
   * @throws Failure if it is none; the message does not show it, as it may be a secret
   */
  static SettingArgument of(String argument, String where) throws Failure {
    int equals = argument.indexOf('=');
    if (equals < 1) {
      throw Failure.usage(where + ": want NAME=VALUE");
    }
    return new SettingArgument(argument.substring(0, equals), argument.substring(equals + 1));
  }

  /** Adds it to what is given, under its name after {@code prefix}. */
  void addTo(GivenSettings given, String prefix) throws Failure {
    if (given.putIfAbsent(prefix + name, value) != null) {
      throw Failure.usage(prefix + name + " is there twice");
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
