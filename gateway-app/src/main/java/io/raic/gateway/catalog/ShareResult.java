package io.raic.gateway.catalog;

import java.util.Locale;

/** What was found when a share was last looked for. */
public enum ShareResult {
  /** It was stored, or opened and is what it must be. */
  GOOD(true, true),
  /** Its store lists it; nobody has opened it yet. */
  LISTED(true, true),
  /** It is not what it must be. */
  BAD(false, true),
  /** Its store lists it and has never given it. */
  UNREADABLE(false, true),
  /** It is not there any more. */
  MISSING(false, false);

  private final boolean counts;
  private final boolean isThere;

  ShareResult(boolean counts, boolean isThere) {
    this.counts = counts;
    this.isThere = isThere;
  }

  /** Says whether such a share is counted on. */
  public boolean counts() {
    return counts;
  }

  /** Says whether it takes room in its store. */
  public boolean isThere() {
    return isThere;
  }

  /** Returns the word for it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static ShareResult parse(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
