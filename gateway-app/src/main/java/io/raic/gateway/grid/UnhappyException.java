package io.raic.gateway.grid;

import java.io.IOException;

/** Too few stores took a share for the file to be safe; the message says which failed and why. */
public final class UnhappyException extends IOException {
  private static final long serialVersionUID = 1;

  private final boolean outOfSpace;

  /**
   * Says how far the upload came.
   *
   * @param outOfSpace whether every store that failed is full
   */
  public UnhappyException(int reached, int total, int happy, String failures, boolean outOfSpace) {
    super(
        "%d of %d shares could be stored, at least %d are needed on as many stores: %s"
            .formatted(reached, total, happy, failures));
    this.outOfSpace = outOfSpace;
  }

  /** Says whether every store that failed is full. */
  public boolean outOfSpace() {
    return outOfSpace;
  }
}
