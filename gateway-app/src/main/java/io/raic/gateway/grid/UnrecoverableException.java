package io.raic.gateway.grid;

import java.io.IOException;

/** Too few good shares of a file could be had; the message says how many, and where. */
public final class UnrecoverableException extends IOException {
  private static final long serialVersionUID = 1;

  private final boolean mayComeBack;

  /**
   * Says how many shares were found of those needed, and what each store had to say.
   *
   * @param mayComeBack whether there might be enough if the stores answered that did not
   */
  public UnrecoverableException(int good, int needed, boolean mayComeBack, String stores) {
    super("%d good shares found, %d are needed: %s".formatted(good, needed, stores));
    this.mayComeBack = mayComeBack;
  }

  /** Says whether the file may be readable again as soon as all stores answer. */
  public boolean mayComeBack() {
    return mayComeBack;
  }
}
