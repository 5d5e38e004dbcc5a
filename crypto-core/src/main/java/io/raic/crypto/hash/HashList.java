package io.raic.crypto.hash;

import java.util.Arrays;
import java.util.Objects;

/**
 * Hashes of 32 bytes in the order they were added, 32 to 64 bytes of memory each.
 *
 * <p>Grows as hashes come, so that nothing is allocated on the word of whoever announced their
 * number. Not safe for use by several threads at once.
 */
public final class HashList {
  private static final int FIRST_CAPACITY = 16;

  private byte[] hashes = new byte[FIRST_CAPACITY * TaggedHash.LENGTH];
  private int size;

  /** Returns how many hashes were added. */
  public int size() {
    return size;
  }

  /** Returns about how much memory it takes: room for hashes to come counts. */
  public long memoryBytes() {
    return hashes.length;
  }

  /** Finishes {@code hash}, which starts over, and adds the result. */
  public void add(TaggedHash hash) {
    grow();
    hash.digest(hashes, size * TaggedHash.LENGTH);
    size++;
  }

  /** Adds the 32 bytes of {@code source} from {@code offset} on. */
  public void add(byte[] source, int offset) {
    grow();
    System.arraycopy(source, offset, hashes, size * TaggedHash.LENGTH, TaggedHash.LENGTH);
    size++;
  }

  /** Finishes {@code hash}, which starts over, and says whether the result is hash {@code i}. */
  public boolean matches(int i, TaggedHash hash) {
    int from = Objects.checkIndex(i, size) * TaggedHash.LENGTH;
    return Arrays.equals(
        hash.digest(), 0, TaggedHash.LENGTH, hashes, from, from + TaggedHash.LENGTH);
  }

  void copyTo(byte[] target, int offset) {
    System.arraycopy(hashes, 0, target, offset, size * TaggedHash.LENGTH);
  }

  private void grow() {
    if (size * TaggedHash.LENGTH == hashes.length) {
      hashes = Arrays.copyOf(hashes, Math.multiplyExact(2, hashes.length));
    }
  }
}
