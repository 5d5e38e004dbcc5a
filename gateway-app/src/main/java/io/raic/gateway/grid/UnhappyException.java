package io.raic.gateway.grid;

import java.io.IOException;
import java.util.List;

/** Too few stores took a share for the file to be safe; the message says which failed and why. */
public final class UnhappyException extends IOException {
  private static final long serialVersionUID = 1;

  // Exceptions are serializable by name only: this one never leaves the process.
  private final transient List<String> failures;
  private final boolean outOfSpace;

  /**
   * Says how far the upload came.
   *
   * @param reached what could have been stored
   * @param rules what it had to be
   * @param failures of stores
   * @param outOfSpace whether every store that failed is full
   */
  UnhappyException(Holdings reached, Placement rules, List<String> failures, boolean outOfSpace) {
    super(
        ("%d of %d shares could be stored, on %d stores; at least %d stores must have a share of"
                + " their own, and no operator so many that the others could not rebuild the file:"
                + " %s")
            .formatted(
                reached.distinctShares(),
                rules.total(),
                reached.happiness(),
                rules.happy(),
                String.join("; ", failures)));
    this.failures = List.copyOf(failures);
    this.outOfSpace = outOfSpace;
  }

  /** Returns what failed, a store each. */
  public List<String> failures() {
    return failures;
  }

  /** Says whether every store that failed is full. */
  public boolean outOfSpace() {
    return outOfSpace;
  }
}
