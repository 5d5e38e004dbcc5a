package io.raic.crypto.capability;

import io.raic.crypto.bytes.Base32;
import io.raic.crypto.bytes.Bytes;
import io.raic.crypto.bytes.Secret;
import io.raic.crypto.hash.Tag;
import io.raic.crypto.hash.TaggedHash;
import java.util.Optional;

/**
 * Reads a mutable file: {@code URI:SSK-RO} or {@code URI:MDMF-RO} (format §2, §11).
 *
 * @param format of the file
 * @param readKey decrypts every version of it
 * @param fingerprint of the public key
 */
public record MutableReadCap(MutableFormat format, Secret readKey, Bytes fingerprint)
    implements Capability {
  static final int KEY_LENGTH = 16;

  /** Checks the lengths. */
  public MutableReadCap {
    check(readKey, fingerprint);
  }

  static void check(Secret key, Bytes fingerprint) {
    if (key.length() != KEY_LENGTH || fingerprint.length() != TaggedHash.LENGTH) {
      throw new IllegalArgumentException(
          "a key has %d bytes and a fingerprint %d, not %d and %d"
              .formatted(KEY_LENGTH, TaggedHash.LENGTH, key.length(), fingerprint.length()));
    }
  }

  /** Returns the capability that checks and repairs this file, and cannot read it. */
  public MutableVerifyCap verifyCap() {
    byte[] index =
        readKey.use(
            key -> TaggedHash.truncated(Tag.MUTABLE_STORAGE_INDEX, key, StorageIndex.LENGTH));
    return new MutableVerifyCap(format, new StorageIndex(Bytes.copyOf(index)), fingerprint);
  }

  @Override
  public String reveal() {
    return "%s:%s:%s"
        .formatted(kind(), readKey.use(Base32::encode), Base32.encode(fingerprint.toByteArray()));
  }

  @Override
  public String kind() {
    return format.prefix() + "-RO";
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
    return Optional.of(verifyCap().storageIndex());
  }

  @Override
  public String toString() {
    return Capability.redacted(this);
  }
}
