package io.raic.crypto.file;

import io.raic.crypto.bytes.Bytes;
import io.raic.crypto.hash.Tag;
import io.raic.crypto.hash.TaggedHash;
import io.raic.crypto.share.Geometry;
import java.io.IOException;

/**
 * Another ciphertext, of which every segment is read once, in order, and hashed on the way: the
 * hash of the whole, which cannot be computed in parts.
 *
 * <p>For one thread at a time, which may be another one than the encoder's: what reads ahead on a
 * thread of its own can read from this, and the encoder from what that has read.
 */
public final class FlatHash implements Ciphertext {
  private final Ciphertext ciphertext;
  private final TaggedHash hash = TaggedHash.of(Tag.CRYPTTEXT);
  private int next;

  /** Hashes {@code ciphertext}. */
  public FlatHash(Ciphertext ciphertext) {
    this.ciphertext = ciphertext;
  }

  @Override
  public Geometry geometry() {
    return ciphertext.geometry();
  }

  @Override
  public void read(int segment, byte[] target) throws IOException {
    requireNext(segment);
    ciphertext.read(segment, target);
    update(target);
  }

  @Override
  public byte[] exchange(int segment, byte[] target) throws IOException {
    requireNext(segment);
    byte[] got = ciphertext.exchange(segment, target);
    update(got);
    return got;
  }

  private void requireNext(int segment) {
    if (segment != next) {
      throw new IllegalStateException("segment %d is to be hashed next".formatted(next));
    }
  }

  private void update(byte[] data) {
    hash.update(data, 0, geometry().segmentLength(next));
    next++;
  }

  /**
   * Returns the hash of the whole ciphertext, once.
   *
   * @throws IllegalStateException unless all of it was read
   */
  public Bytes digest() {
    if (next != geometry().segments()) {
      throw new IllegalStateException("segment %d was not read".formatted(next));
    }
    return Bytes.copyOf(hash.digest());
  }
}
