package io.raic.gateway.repair;

import io.raic.crypto.capability.VerifyCap;
import io.raic.gateway.grid.Holdings;
import io.raic.gateway.grid.Inspection;

/**
 * How a file is.
 *
 * @param cap of the file
 * @param inspection what was found of its shares
 */
public record Health(VerifyCap cap, Inspection inspection) {
  /** Returns which stores hold which good shares. */
  public Holdings good() {
    return inspection.good();
  }

  /** Says whether every share is there and good. */
  public boolean healthy() {
    return good().distinctShares() == cap.total();
  }

  /** Says whether the file can be read. */
  public boolean recoverable() {
    return inspection.isReadable(cap.needed());
  }

  /** Says it in a line. */
  public String summary() {
    String encoding = "%d-of-%d".formatted(cap.needed(), cap.total());
    if (healthy()) {
      return "Healthy";
    }
    return recoverable()
        ? "Not Healthy: %d shares (enc %s)".formatted(good().distinctShares(), encoding)
        : "Unrecoverable: %d shares (enc %s)".formatted(good().distinctShares(), encoding);
  }
}
