package io.raic.gateway.grid;

import java.io.IOException;

/** Too few good shares of a file could be had; the message says how many, and where. */
public final class UnrecoverableException extends IOException {
  private static final long serialVersionUID = 1;

  /** Says how many shares were found of those needed, and what each store had to say. */
  public UnrecoverableException(int good, int needed, String stores) {
    super("%d good shares found, %d are needed: %s".formatted(good, needed, stores));
  }
}
