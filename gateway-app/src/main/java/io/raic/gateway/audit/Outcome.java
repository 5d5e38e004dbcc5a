package io.raic.gateway.audit;

import java.util.Locale;

/** What came of an act. */
public enum Outcome {
  /** It was done. */
  DONE,
  /** It was not allowed. */
  REFUSED,
  /** It was tried, and did not succeed. */
  FAILED;

  /** Returns it as it is stored and shown. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
