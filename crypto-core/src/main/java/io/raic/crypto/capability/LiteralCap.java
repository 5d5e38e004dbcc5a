package io.raic.crypto.capability;

import io.raic.crypto.bytes.Base32;
import io.raic.crypto.bytes.Bytes;
import java.util.Optional;

/**
 * Holds the bytes of a small file itself, so that nothing is stored: {@code URI:LIT} (format §10).
 *
 * @param data the file
 */
public record LiteralCap(Bytes data) implements Capability {
  @Override
  public String reveal() {
    return kind() + ":" + Base32.encode(data.toByteArray());
  }

  @Override
  public String kind() {
    return "URI:LIT";
  }

  @Override
  public Optional<Capability> readOnly() {
    return Optional.of(this);
  }

  @Override
  public Optional<Capability> verifyOnly() {
    return Optional.empty();
  }

  @Override
  public Optional<StorageIndex> index() {
    return Optional.empty();
  }

  @Override
  public String toString() {
    return Capability.redacted(this);
  }
}
