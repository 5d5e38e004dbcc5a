package io.raic.crypto.capability;

import io.raic.crypto.bytes.Base32;
import io.raic.crypto.bytes.Bytes;
import io.raic.crypto.hash.TaggedHash;
import java.util.Optional;

/**
 * Checks and repairs a mutable file, and cannot read it: {@code URI:SSK-Verifier} or {@code
 * URI:MDMF-Verifier} (format §2, §11).
 *
 * @param format of the file
 * @param storageIndex what its shares are stored under
 * @param fingerprint of the public key that signs every version
 */
public record MutableVerifyCap(MutableFormat format, StorageIndex storageIndex, Bytes fingerprint)
    implements Capability {

  /** Checks the length. */
  public MutableVerifyCap {
    if (fingerprint.length() != TaggedHash.LENGTH) {
      throw new IllegalArgumentException(
          "a fingerprint has %d bytes, not %d".formatted(TaggedHash.LENGTH, fingerprint.length()));
    }
  }

  @Override
  public String reveal() {
    return "%s:%s:%s"
        .formatted(kind(), storageIndex.text(), Base32.encode(fingerprint.toByteArray()));
  }

  @Override
  public String kind() {
    return format.prefix() + "-Verifier";
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
