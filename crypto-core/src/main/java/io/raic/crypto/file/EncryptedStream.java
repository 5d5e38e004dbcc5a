package io.raic.crypto.file;

import io.raic.crypto.cipher.FileKey;
import io.raic.crypto.cipher.SegmentCipher;
import io.raic.crypto.share.Geometry;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** The ciphertext of a plaintext stream: each segment once, in order. */
public final class EncryptedStream implements Ciphertext {
  /** How much plaintext is in memory at a time. */
  private static final int PIECE_BYTES = 128 << 10;

  private final InputStream plaintext;
  private final Geometry geometry;
  private final SegmentCipher cipher;
  private final byte[] buffer;
  private int next;

  /** Encrypts {@code plaintext}, which has exactly {@code geometry.size()} bytes. */
  public EncryptedStream(InputStream plaintext, FileKey key, Geometry geometry) {
    this.plaintext = plaintext;
    this.geometry = geometry;
    this.cipher = new SegmentCipher(key);
    this.buffer = new byte[Math.min(PIECE_BYTES, geometry.segmentBytes())];
  }

  /** Returns how much memory such a stream takes. */
  public static long memoryBytes(Geometry geometry) {
    return Math.min(PIECE_BYTES, geometry.segmentBytes());
  }

  @Override
  public Geometry geometry() {
    return geometry;
  }

  /**
   * {@inheritDoc}
   *
   * @throws EOFException if the plaintext is shorter or longer than was announced
   */
  @Override
  public void read(int segment, byte[] target) throws IOException {
    if (segment != next) {
      throw new IllegalStateException("a stream has segment %d next".formatted(next));
    }
    next++;
    int length = geometry.segmentLength(segment);
    long start = geometry.segmentStart(segment);
    for (int done = 0; done < length; done += buffer.length) {
      int wanted = Math.min(buffer.length, length - done);
      int got = plaintext.readNBytes(buffer, 0, wanted);
      if (got < wanted) {
        throw new EOFException(
            "the data ended after %d of %d bytes".formatted(start + done + got, geometry.size()));
      }
      cipher.apply(start + done, buffer, 0, target, done, wanted);
    }
    if (next == geometry.segments() && plaintext.read() >= 0) {
      throw new EOFException("the data goes on after %d bytes".formatted(geometry.size()));
    }
  }
}
