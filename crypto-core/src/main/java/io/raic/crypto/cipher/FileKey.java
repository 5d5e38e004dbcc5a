package io.raic.crypto.cipher;

import io.raic.crypto.bytes.Secret;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.Function;

/**
 * The AES-128 key of one file: used for nothing else, compared in constant time, never printed.
 *
 * <p>Format §3.
 */
public final class FileKey {
  /** Bytes of a key. */
  public static final int LENGTH = 16;

  private final Secret secret;

  private FileKey(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException(
          "a key has %d bytes, not %d".formatted(LENGTH, bytes.length));
    }
    this.secret = Secret.copyOf(bytes);
  }

  /** Returns a key that nobody else has. */
  public static FileKey random(SecureRandom random) {
    byte[] bytes = new byte[LENGTH];
    random.nextBytes(bytes);
    try {
      return new FileKey(bytes);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /** Returns the key of {@value #LENGTH} bytes, which are copied. */
  public static FileKey of(byte[] bytes) {
    return new FileKey(bytes);
  }

  /** Returns a copy that the caller owns and should wipe. */
  public byte[] toByteArray() {
    return secret.toByteArray();
  }

  /** Returns what {@code function} makes of a copy of the key, which is wiped then. */
  public <T> T use(Function<byte[], T> function) {
    return secret.use(function);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FileKey that && secret.equals(that.secret);
  }

  @Override
  public int hashCode() {
    return secret.hashCode();
  }

  @Override
  public String toString() {
    return "FileKey[redacted]";
  }
}
