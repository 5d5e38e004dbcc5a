package io.raic.gateway.catalog;

import io.raic.crypto.capability.VerifyCap;
import java.time.Instant;
import java.util.Optional;

/**
 * A stored file.
 *
 * @param cap checks and repairs it
 * @param storedAt when it was stored, if that is known
 * @param token the id of the token it was stored with; empty if that is not known
 * @param goodShares how many different shares were good when last seen
 * @param checkedAt when its shares were last opened, if they ever were
 */
public record CatalogFile(
    VerifyCap cap,
    Optional<Instant> storedAt,
    String token,
    int goodShares,
    Optional<Instant> checkedAt) {
  /** Returns how far it is from being lost. */
  public Redundancy redundancy() {
    return Redundancy.of(cap.needed(), cap.total(), goodShares);
  }
}
