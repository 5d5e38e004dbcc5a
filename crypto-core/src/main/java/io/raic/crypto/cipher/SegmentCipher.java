package io.raic.crypto.cipher;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-128 in counter mode from any byte of the file on; encrypting and decrypting are the same.
 *
 * <p>The counter is the position in the file divided by 16, as a 128-bit number: never another
 * start, because a key is used for one file only. For one thread at a time; format §1.5.
 */
public final class SegmentCipher {
  private static final int BLOCK = 16;

  /**
   * The most that Java's cipher is given at once. It is forty times slower until it is compiled,
   * which takes some ten thousand calls: with a megabyte each that would be many gigabytes.
   */
  private static final int PIECE_BYTES = 8192;

  private final SecretKeySpec key;
  private final Cipher cipher;
  private long position = -1;

  /** Prepares a cipher for the file of {@code key}. */
  public SegmentCipher(FileKey key) {
    this.key = key.use(bytes -> new SecretKeySpec(bytes, "AES"));
    try {
      this.cipher = Cipher.getInstance("AES/CTR/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no AES/CTR", e);
    }
  }

  /**
   * Encrypts or decrypts the {@code length} bytes of the file that stand at {@code start} of it.
   *
   * <p>Going on where the last call ended costs nothing extra. {@code in} and {@code out} should be
   * different arrays: the same one takes three times as long.
   */
  public void apply(long start, byte[] in, int inOffset, byte[] out, int outOffset, int length) {
    if (start < 0 || start > Long.MAX_VALUE - length) {
      throw new IllegalArgumentException("no file has a byte " + start);
    }
    try {
      if (start != position) {
        seek(start);
      }
      // Unknown until it went well.
      position = -1;
      for (int at = 0; at < length; at += PIECE_BYTES) {
        int piece = Math.min(PIECE_BYTES, length - at);
        if (cipher.update(in, inOffset + at, piece, out, outOffset + at) != piece) {
          throw new IllegalStateException("the cipher kept bytes back");
        }
      }
      position = start + length;
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("no room for " + length + " bytes", e);
    }
  }

  private void seek(long start) throws GeneralSecurityException {
    byte[] counter = BigInteger.valueOf(start / BLOCK).toByteArray();
    byte[] block = new byte[BLOCK];
    System.arraycopy(counter, 0, block, BLOCK - counter.length, counter.length);
    cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(block));
    byte[] skipped = new byte[(int) (start % BLOCK)];
    if (skipped.length > 0) {
      cipher.update(skipped, 0, skipped.length, new byte[BLOCK], 0);
    }
    position = start;
  }
}
