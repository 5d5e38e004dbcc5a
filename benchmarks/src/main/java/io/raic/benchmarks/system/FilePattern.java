package io.raic.benchmarks.system;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/**
 * The bytes of files: each number stands for another file, of any length. Immutable; for many
 * threads.
 */
final class FilePattern {
  private static final int PERIOD = 1 << 22;

  /** The most that is had at once. */
  static final int MAX_PIECE = 1 << 18;

  /** One period, and the beginning of the next. */
  private final ByteBuffer bytes = ByteBuffer.allocateDirect(PERIOD + MAX_PIECE);

  FilePattern(long seed) {
    var random = new byte[PERIOD];
    new SplittableRandom(seed).nextBytes(random);
    bytes.put(random).put(random, 0, MAX_PIECE).flip();
  }

  /** Returns bytes of a file, at most {@link #MAX_PIECE}. */
  ByteBuffer piece(int file, long offset, int length) {
    // An odd factor: files have the same beginning only a whole period of numbers apart.
    long start = offset + file * 0x9e3779b1L;
    return bytes.slice((int) (start & (PERIOD - 1)), length);
  }
}
