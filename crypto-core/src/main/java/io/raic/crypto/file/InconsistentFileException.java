package io.raic.crypto.file;

import java.io.IOException;

/**
 * Shares that are each what the capability vouches for, and yet do not make one file: whoever
 * uploaded it made them so.
 */
public final class InconsistentFileException extends IOException {
  private static final long serialVersionUID = 1;

  /** Says what contradicts what. */
  public InconsistentFileException(String what) {
    super(what);
  }
}
