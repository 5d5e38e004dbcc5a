package io.raic.gateway.admin;

import java.util.Locale;

/** How good something is, worst last. */
public enum Level {
  /** As it should be. */
  OK("All right"),
  /** Nobody knows. */
  UNKNOWN("Not known"),
  /** It works, and somebody should look. */
  WARN("Degraded"),
  /** It does not work, or data is in danger. */
  BAD("Failing");

  private final String words;

  Level(String words) {
    this.words = words;
  }

  /** Returns it for people. */
  public String words() {
    return words;
  }

  /** Returns it for style sheets. */
  public String css() {
    return name().toLowerCase(Locale.ROOT);
  }
}
