package io.raic.crypto.share;

import java.io.IOException;

/** A share that is not what its writer wrote: another one must be used in its place. */
public final class CorruptShareException extends IOException {
  private static final long serialVersionUID = 1;

  private final int shareNumber;

  /** Says which share, and what of it, is wrong. */
  public CorruptShareException(int shareNumber, String what) {
    super("share %d: %s".formatted(shareNumber, what));
    this.shareNumber = shareNumber;
  }

  /** Returns the number the share was asked for under. */
  public int shareNumber() {
    return shareNumber;
  }
}
