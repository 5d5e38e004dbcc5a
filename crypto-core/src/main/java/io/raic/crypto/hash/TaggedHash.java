package io.raic.crypto.hash;

import io.raic.crypto.bytes.Netstring;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * SHA-256d of a tag's netstring and then the data: {@code SHA256(SHA256(NS(tag) || data))}.
 *
 * <p>An object hashes one input at a time and can be used again after {@link #digest()}. Not safe
 * for use by several threads at once.
 *
 * <p>Format §1.3.
 */
public final class TaggedHash {
  /** Bytes of a full hash. */
  public static final int LENGTH = 32;

  private final MessageDigest sha256 = sha256();
  private final byte[] prefix;

  private TaggedHash(byte[] prefix) {
    this.prefix = prefix;
    sha256.update(prefix);
  }

  /** Returns a hash for {@code tag}, ready for {@link #update}. */
  public static TaggedHash of(Tag tag) {
    return new TaggedHash(tag.prefix());
  }

  /**
   * Returns a hash for a tag made at run time, such as the one of convergent keys (format §3.1).
   *
   * @param tag the tag's bytes, not yet a netstring
   */
  public static TaggedHash of(byte[] tag) {
    return new TaggedHash(Netstring.of(tag));
  }

  /** Adds {@code length} bytes of {@code data} from {@code offset} on. */
  public TaggedHash update(byte[] data, int offset, int length) {
    sha256.update(data, offset, length);
    return this;
  }

  /** Adds all of {@code data}. */
  public TaggedHash update(byte[] data) {
    return update(data, 0, data.length);
  }

  /** Returns the 32 bytes of the hash and starts over with the same tag. */
  public byte[] digest() {
    byte[] hash = new byte[LENGTH];
    digest(hash, 0);
    return hash;
  }

  /** Writes the 32 bytes of the hash to {@code target} and starts over with the same tag. */
  public void digest(byte[] target, int offset) {
    try {
      sha256.digest(target, offset, LENGTH);
      sha256.update(target, offset, LENGTH);
      sha256.digest(target, offset, LENGTH);
    } catch (DigestException e) {
      throw new IllegalArgumentException("no room for a hash at " + offset, e);
    }
    sha256.update(prefix);
  }

  /** Returns the 32-byte hash of {@code data}. */
  public static byte[] hash(Tag tag, byte[] data) {
    return of(tag).update(data).digest();
  }

  /** Returns the first {@code length} bytes of the hash of {@code data}. */
  public static byte[] truncated(Tag tag, byte[] data, int length) {
    return Arrays.copyOf(hash(tag, data), length);
  }

  /** Returns the 32-byte hash of {@code NS(first) || NS(second)}: the "pair" form. */
  public static byte[] pair(Tag tag, byte[] first, byte[] second) {
    return of(tag).update(Netstring.of(first)).update(Netstring.of(second)).digest();
  }

  /** Returns a new SHA-256, which every Java runtime has. */
  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java runtime has no SHA-256", e);
    }
  }
}
