package io.raic.gateway.catalog;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How far a file is from being lost. */
public enum Redundancy {
  /** All shares are good. */
  FULL,
  /** Some are not, and some can be lost yet. */
  DEGRADED,
  /** Just enough are. */
  CRITICAL,
  /** Too few are, as far as whole shares are counted. */
  LOST;

  /** Returns that of a file of which {@code good} different shares are good. */
  public static Redundancy of(int needed, int total, int good) {
    if (good < needed) {
      return LOST;
    }
    if (good >= total) {
      return FULL;
    }
    return good == needed ? CRITICAL : DEGRADED;
  }

  /** Returns the word for it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the one with a word; empty if there is none. */
  public static Optional<Redundancy> parse(String text) {
    return Arrays.stream(values()).filter(one -> one.text().equals(text)).findFirst();
  }
}
