package io.raic.gateway.grid;

import java.io.IOException;

/** Too few stores took a share for the file to be safe; the message says which failed and why. */
public final class UnhappyException extends IOException {
  private static final long serialVersionUID = 1;

  private final boolean outOfSpace;

  /**
   * Says how far the upload came.
   *
   * @param reached what could have been stored
   * @param rules what it had to be
   * @param failures of stores
   * @param outOfSpace whether every store that failed is full
   */
  UnhappyException(Holdings reached, Placement rules, String failures, boolean outOfSpace) {
    super(
        ("%d of %d shares could be stored, on %d stores; at least %d stores must have a share of"
                + " their own, and no operator so many that the others could not rebuild the file:"
                + " %s")
            .formatted(
                reached.distinctShares(),
                rules.total(),
                reached.happiness(),
                rules.happy(),
                failures));
    this.outOfSpace = outOfSpace;
  }

  /** Says whether every store that failed is full. */
  public boolean outOfSpace() {
    return outOfSpace;
  }
}
