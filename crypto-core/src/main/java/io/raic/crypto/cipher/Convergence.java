package io.raic.crypto.cipher;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.raic.crypto.bytes.Netstring;
import io.raic.crypto.bytes.Secret;
import io.raic.crypto.hash.TaggedHash;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * Derives the key of a file from its content, so that the same file, secret and encoding give the
 * same key, and the same shares, again.
 *
 * <p>Whoever knows the secret can test whether a given content was stored: keep it as a key. For
 * one thread at a time; format §3.1.
 */
public final class Convergence {
  private static final byte[] TAG =
      "allmydata_immutable_content_to_key_with_added_secret_v1+".getBytes(US_ASCII);

  private final TaggedHash hash;

  private Convergence(TaggedHash hash) {
    this.hash = hash;
  }

  /**
   * Starts the derivation of a key.
   *
   * @param secret any length; empty converges with everybody who uses none
   * @param segmentBytes the length that the file's segments really have
   */
  public static Convergence of(Secret secret, int needed, int total, int segmentBytes) {
    var tag = new ByteArrayOutputStream();
    tag.writeBytes(TAG);
    tag.writeBytes(secret.use(Netstring::of));
    String encoding = "%d,%d,%d".formatted(needed, total, segmentBytes);
    tag.writeBytes(Netstring.of(encoding.getBytes(US_ASCII)));
    return new Convergence(TaggedHash.of(tag.toByteArray()));
  }

  /** Adds the next {@code length} bytes of the plaintext. */
  public Convergence update(byte[] data, int offset, int length) {
    hash.update(data, offset, length);
    return this;
  }

  /** Returns the key of the plaintext added. */
  public FileKey key() {
    byte[] digest = hash.digest();
    byte[] key = Arrays.copyOf(digest, FileKey.LENGTH);
    try {
      return FileKey.of(key);
    } finally {
      Arrays.fill(digest, (byte) 0);
      Arrays.fill(key, (byte) 0);
    }
  }
}
