package io.raic.crypto.capability;

import io.raic.crypto.bytes.Base32;
import io.raic.crypto.bytes.Bytes;
import io.raic.crypto.hash.TaggedHash;
import java.util.Optional;

/**
 * Checks and repairs an immutable file, and cannot read it: {@code URI:CHK-Verifier}.
 *
 * @param storageIndex what its shares are stored under
 * @param uebHash binds every byte of it
 * @param needed shares that rebuild it
 * @param total shares made of it
 * @param size its bytes
 */
public record VerifyCap(StorageIndex storageIndex, Bytes uebHash, int needed, int total, long size)
    implements Capability {

  private static final int MAX_TOTAL = 256;

  /** Checks the numbers. */
  public VerifyCap {
    check(uebHash, needed, total, size);
  }

  static void check(Bytes uebHash, int needed, int total, long size) {
    if (uebHash.length() != TaggedHash.LENGTH) {
      throw new IllegalArgumentException(
          "a hash has %d bytes, not %d".formatted(TaggedHash.LENGTH, uebHash.length()));
    }
    if (needed < 1 || needed > total || total > MAX_TOTAL) {
      throw new IllegalArgumentException(
          "%d of %d shares: want 1 <= needed <= total <= %d".formatted(needed, total, MAX_TOTAL));
    }
    if (size < 1) {
      throw new IllegalArgumentException("no shares are made of %d bytes".formatted(size));
    }
  }

  @Override
  public String reveal() {
    return "%s:%s:%s:%d:%d:%d"
        .formatted(
            kind(), storageIndex.text(), Base32.encode(uebHash.toByteArray()), needed, total, size);
  }

  @Override
  public String kind() {
    return "URI:CHK-Verifier";
  }

  @Override
  public Optional<Capability> readOnly() {
    return Optional.empty();
  }

  @Override
  public Optional<Capability> verifyOnly() {
    return Optional.of(this);
  }

  @Override
  public Optional<StorageIndex> index() {
    return Optional.of(storageIndex);
  }

  @Override
  public String toString() {
    return Capability.redacted(this);
  }
}
