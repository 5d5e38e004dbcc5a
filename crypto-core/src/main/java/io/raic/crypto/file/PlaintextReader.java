package io.raic.crypto.file;

import io.raic.crypto.cipher.FileKey;
import io.raic.crypto.cipher.SegmentCipher;
import io.raic.crypto.share.Geometry;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;

/**
 * Decrypts a ciphertext, whole or any range of it, touching only the segments asked for.
 *
 * <p>For one thread at a time; format §3.4.
 */
public final class PlaintextReader {
  private final Ciphertext ciphertext;
  private final Geometry geometry;
  private final SegmentCipher cipher;
  private final byte[] encrypted;

  /** Decrypts {@code ciphertext} with {@code key}. */
  public PlaintextReader(Ciphertext ciphertext, FileKey key) {
    this.ciphertext = ciphertext;
    this.geometry = ciphertext.geometry();
    this.cipher = new SegmentCipher(key);
    this.encrypted = new byte[geometry.segmentBytes()];
  }

  /**
   * Reads what segment {@code segment} holds of the {@code length} bytes from {@code offset} on.
   *
   * @param target at least a segment long
   * @return the bytes read, which stand at the start of {@code target}: none if the segment holds
   *     none of them
   */
  public int read(int segment, long offset, long length, byte[] target) throws IOException {
    Objects.checkIndex(segment, geometry.segments());
    requireRange(offset, length);
    long start = geometry.segmentStart(segment);
    int segmentLength = geometry.segmentLength(segment);
    int from = Math.clamp(offset - start, 0, segmentLength);
    int to = Math.clamp(offset + length - start, from, segmentLength);
    if (from == to) {
      return 0;
    }
    ciphertext.read(segment, encrypted);
    cipher.apply(start + from, encrypted, from, target, 0, to - from);
    return to - from;
  }

  /** Writes the {@code length} bytes from {@code offset} on to {@code out}. */
  public void transfer(long offset, long length, OutputStream out) throws IOException {
    requireRange(offset, length);
    if (length == 0) {
      return;
    }
    byte[] plaintext = new byte[geometry.segmentBytes()];
    int last = geometry.segmentAt(offset + length - 1);
    for (int segment = geometry.segmentAt(offset); segment <= last; segment++) {
      out.write(plaintext, 0, read(segment, offset, length, plaintext));
    }
  }

  private void requireRange(long offset, long length) {
    if (offset < 0 || length < 0 || offset > geometry.size() - length) {
      throw new IllegalArgumentException(
          "%d bytes from %d on are not in a file of %d".formatted(length, offset, geometry.size()));
    }
  }
}
