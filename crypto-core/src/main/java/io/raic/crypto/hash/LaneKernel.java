package io.raic.crypto.hash;

/**
 * SHA-256 of {@value #LANES} messages in step.
 *
 * <p>For one thread at a time.
 */
interface LaneKernel {
  int LANES = 16;

  /** Bytes that one step takes from each message. */
  int BLOCK_BYTES = 64;

  /** Words of the state of one message. */
  int STATE_WORDS = 8;

  /**
   * Takes the next blocks of all messages into their states.
   *
   * @param state word {@code w} of lane {@code i} is at {@code w * LANES + i}
   * @param arrays what each lane reads
   * @param starts where in its array each lane begins
   * @param blocks how many blocks each lane takes
   */
  void compress(int[] state, byte[][] arrays, int[] starts, int blocks);
}
