package io.raic.crypto.file;

/** Blocks of one segment: the block at place {@code i} is that of share {@code numbers[i]}. */
public final class Blocks {
  private final int[] shareNumbers;
  private final byte[][] blocks;

  /** Keeps both arrays, which have the same length. */
  public Blocks(int[] shareNumbers, byte[][] blocks) {
    this.shareNumbers = shareNumbers;
    this.blocks = blocks;
  }

  /** Returns the share numbers, all different. */
  public int[] shareNumbers() {
    return shareNumbers;
  }

  /** Returns the blocks; they may be longer than the segment's blocks are. */
  public byte[][] blocks() {
    return blocks;
  }
}
