package io.raic.crypto.capability;

import io.raic.crypto.bytes.Base32;
import io.raic.crypto.bytes.Bytes;
import io.raic.crypto.cipher.FileKey;
import io.raic.crypto.hash.Tag;
import io.raic.crypto.hash.TaggedHash;

/**
 * Names the shares of a file without saying anything of its key (format §3.3).
 *
 * @param bytes the {@value #LENGTH} bytes
 */
public record StorageIndex(Bytes bytes) {
  /** Bytes of a storage index. */
  public static final int LENGTH = 16;

  /** Characters that may be shown: enough to tell files apart in a log, too few to find one. */
  private static final int SHOWN = 4;

  /** Checks the length. */
  public StorageIndex {
    if (bytes.length() != LENGTH) {
      throw new IllegalArgumentException(
          "a storage index has %d bytes, not %d".formatted(LENGTH, bytes.length()));
    }
  }

  /** Returns the storage index of the immutable file with {@code key}. */
  public static StorageIndex of(FileKey key) {
    return new StorageIndex(
        Bytes.copyOf(key.use(bytes -> TaggedHash.truncated(Tag.STORAGE_INDEX, bytes, LENGTH))));
  }

  /** Reads the 26 characters of {@link #text}. */
  public static StorageIndex parse(String text) {
    return new StorageIndex(Bytes.copyOf(Base32.decode(text)));
  }

  /** Returns the 26 characters of base32 that stand in capabilities and object names. */
  public String text() {
    return Base32.encode(bytes.toByteArray());
  }

  /** Returns the first characters only, for logs. */
  @Override
  public String toString() {
    return text().substring(0, SHOWN) + "…";
  }
}
