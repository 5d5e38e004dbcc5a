package io.raic.gateway.provider;

import java.nio.file.Path;

/** Where a provider is configured, so that a message can name a setting as its writer does. */
public sealed interface Place {
  /**
   * In the gateway's configuration.
   *
   * @param index in {@code raic.providers}, from 0
   */
  record Configured(int index) implements Place {}

  /**
   * In a file of providers.
   *
   * @param file its path
   * @param index in its list, from 0
   */
  record InFile(Path file, int index) implements Place {}

  /** On a command line. */
  record Given() implements Place {}

  /** Nowhere: it is one of those for trying. */
  record Trying() implements Place {}

  /** Returns the full name of a provider's setting. */
  default String setting(String name) {
    return switch (this) {
      case Configured(int index) -> "raic.providers[%d].%s".formatted(index, name);
      case InFile(Path file, int index) -> "%s: providers[%d].%s".formatted(file, index, name);
      case Given _, Trying _ -> name;
    };
  }

  /** Returns where it is, for people. */
  default String words() {
    return switch (this) {
      case Configured(int index) -> "raic.providers[%d]".formatted(index);
      case InFile(Path file, _) -> file.toString();
      case Given _ -> "the command line";
      case Trying _ -> "nowhere: for trying";
    };
  }

  /** Returns what ends a start, or a command, because of a setting. */
  default IllegalArgumentException wrong(String name, String what) {
    return new IllegalArgumentException(setting(name) + what);
  }
}
