package io.raic.crypto.capability;

import io.raic.crypto.bytes.Base32;
import io.raic.crypto.bytes.Bytes;
import io.raic.crypto.cipher.FileKey;
import java.util.Optional;

/**
 * Reads an immutable file: {@code URI:CHK}.
 *
 * @param key decrypts it
 * @param uebHash binds every byte of it
 * @param needed shares that rebuild it
 * @param total shares made of it
 * @param size its bytes
 */
public record ReadCap(FileKey key, Bytes uebHash, int needed, int total, long size)
    implements Capability {

  /** Checks the numbers. */
  public ReadCap {
    VerifyCap.check(uebHash, needed, total, size);
  }

  /** Returns what its shares are stored under. */
  public StorageIndex storageIndex() {
    return StorageIndex.of(key);
  }

  /** Returns the capability that checks and repairs this file, and cannot read it. */
  public VerifyCap verifyCap() {
    return new VerifyCap(storageIndex(), uebHash, needed, total, size);
  }

  @Override
  public String reveal() {
    return "%s:%s:%s:%d:%d:%d"
        .formatted(
            kind(),
            key.use(Base32::encode),
            Base32.encode(uebHash.toByteArray()),
            needed,
            total,
            size);
  }

  @Override
  public String kind() {
    return "URI:CHK";
  }

  @Override
  public Optional<Capability> readOnly() {
    return Optional.of(this);
  }

  @Override
  public Optional<Capability> verifyOnly() {
    return Optional.of(verifyCap());
  }

  @Override
  public Optional<StorageIndex> index() {
    return Optional.of(storageIndex());
  }

  @Override
  public String toString() {
    return Capability.redacted(this);
  }
}
