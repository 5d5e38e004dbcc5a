package io.raic.crypto.capability;

/** The two formats of mutable files. */
public enum MutableFormat {
  /** One segment, rewritten whole. */
  SDMF("URI:SSK"),
  /** Many segments. */
  MDMF("URI:MDMF");

  private final String prefix;

  MutableFormat(String prefix) {
    this.prefix = prefix;
  }

  /** Returns what write capabilities of this format begin with. */
  public String prefix() {
    return prefix;
  }
}
