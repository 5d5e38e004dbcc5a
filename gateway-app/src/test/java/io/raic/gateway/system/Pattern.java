package io.raic.gateway.system;

import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;

/** The content of a file too large to be kept: made again wherever it is needed. */
final class Pattern {
  private static final int BLOCK = 64 << 10;

  private final byte[] block = new byte[BLOCK];
  private final long size;

  /** Makes one of {@code size} bytes that depends on {@code seed}. */
  Pattern(long seed, long size) {
    this.size = size;
    new Random(seed).nextBytes(block);
  }

  long size() {
    return size;
  }

  /** Puts into {@code target} what the file has at {@code position}. */
  private void at(long position, byte[] target, int offset, int length) {
    int start = (int) (position % BLOCK);
    System.arraycopy(block, start, target, offset, length);
    long number = position / BLOCK;
    // No two blocks are alike: each begins with its number.
    for (int i = start; i < Math.min(Long.BYTES, start + length); i++) {
      target[offset + i - start] = (byte) (number >> (8 * i));
    }
  }

  private int partOfBlock(long position, long wanted) {
    return (int) Math.min(Math.min(wanted, size - position), BLOCK - position % BLOCK);
  }

  /** Returns it from its start. */
  InputStream open() {
    return new InputStream() {
      private long position;

      @Override
      public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] target, int offset, int length) {
        if (position == size) {
          return -1;
        }
        int part = partOfBlock(position, length);
        at(position, target, offset, part);
        position += part;
        return part;
      }
    };
  }

  /** Says whether the first {@code length} of {@code bytes} are what it has at {@code position}. */
  boolean matches(long position, byte[] bytes, int length) {
    byte[] expected = new byte[BLOCK];
    for (int done = 0; done < length; ) {
      int part = partOfBlock(position + done, length - (long) done);
      if (part <= 0) {
        return false;
      }
      at(position + done, expected, 0, part);
      if (!Arrays.equals(bytes, done, done + part, expected, 0, part)) {
        return false;
      }
      done += part;
    }
    return true;
  }
}
