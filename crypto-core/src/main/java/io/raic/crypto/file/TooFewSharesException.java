package io.raic.crypto.file;

import java.io.IOException;

/** Fewer good shares than rebuild the file. */
public final class TooFewSharesException extends IOException {
  private static final long serialVersionUID = 1;

  private final int needed;
  private final int good;

  /** Says how many shares are needed and how many good ones were found. */
  public TooFewSharesException(int needed, int good) {
    super("%d good shares found, %d are needed".formatted(good, needed));
    this.needed = needed;
    this.good = good;
  }

  /** Returns how many shares are needed. */
  public int needed() {
    return needed;
  }

  /** Returns how many good ones were found. */
  public int good() {
    return good;
  }
}
