package io.raic.crypto.capability;

import io.raic.crypto.bytes.Base32;
import io.raic.crypto.bytes.Bytes;
import io.raic.crypto.bytes.Secret;
import io.raic.crypto.hash.Tag;
import io.raic.crypto.hash.TaggedHash;
import java.util.Optional;

/**
 * Changes and reads a mutable file: {@code URI:SSK} or {@code URI:MDMF} (format §2, §11).
 *
 * @param format of the file
 * @param writeKey decrypts the signing key that the shares hold
 * @param fingerprint of the public key
 */
public record MutableWriteCap(MutableFormat format, Secret writeKey, Bytes fingerprint)
    implements Capability {

  /** Checks the lengths. */
  public MutableWriteCap {
    MutableReadCap.check(writeKey, fingerprint);
  }

  /** Returns the capability that reads this file and cannot change it. */
  public MutableReadCap readCap() {
    byte[] readKey =
        writeKey.use(key -> TaggedHash.truncated(Tag.READ_KEY, key, MutableReadCap.KEY_LENGTH));
    return new MutableReadCap(format, Secret.copyOf(readKey), fingerprint);
  }

  @Override
  public String reveal() {
    return "%s:%s:%s"
        .formatted(kind(), writeKey.use(Base32::encode), Base32.encode(fingerprint.toByteArray()));
  }

  @Override
  public String kind() {
    return format.prefix();
  }

  @Override
  public Optional<Capability> readOnly() {
    return Optional.of(readCap());
  }

  @Override
  public Optional<Capability> verifyOnly() {
    return readCap().verifyOnly();
  }

  @Override
  public Optional<StorageIndex> index() {
    return readCap().index();
  }

  @Override
  public String toString() {
    return Capability.redacted(this);
  }
}
