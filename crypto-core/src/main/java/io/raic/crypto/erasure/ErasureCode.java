package io.raic.crypto.erasure;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Any {@code needed} of {@code total} blocks rebuild a segment, whichever they are.
 *
 * <p>A segment is {@code needed} blocks one after the other, which are blocks 0 to {@code needed -
 * 1} of the code; the others, its parity, are computed. Systematic Reed-Solomon code over GF(2^8)
 * as in zfec: the matrix depends on {@code needed} alone, so that the same block is the same bytes
 * whatever {@code total} is. Arrays may be longer than what is read from or written to them.
 *
 * <p>For any number of threads; format §5.
 */
public final class ErasureCode {
  /** The most blocks a code can have: one for each element of the field. */
  public static final int MAX_TOTAL = 256;

  private final int needed;
  private final int total;
  private final Kernel kernel;
  private final int[] primary;
  private final byte[][] parityRows;

  /** The last one used: consecutive segments are rebuilt from the same shares. Any will do. */
  private volatile Recipe recipe;

  private ErasureCode(int needed, int total, Kernel kernel) {
    this.needed = needed;
    this.total = total;
    this.kernel = kernel;
    this.primary = IntStream.range(0, needed).toArray();
    var lagrange = new Lagrange(primary);
    this.parityRows = IntStream.range(needed, total).mapToObj(lagrange::row).toArray(byte[][]::new);
    this.recipe = new Recipe(primary);
  }

  /**
   * Returns the code, with the kernel that is {@linkplain Kernels#current() current} now.
   *
   * @throws IllegalArgumentException unless {@code 1 <= needed <= total <= 256}
   */
  public static ErasureCode of(int needed, int total) {
    return of(needed, total, Kernels.current());
  }

  /** Returns the code with a kernel of the caller's choice, to compare them. */
  public static ErasureCode of(int needed, int total, Kernel kernel) {
    if (needed < 1 || needed > total || total > MAX_TOTAL) {
      throw new IllegalArgumentException(
          "want 1 <= needed <= total <= %d, got %d of %d".formatted(MAX_TOTAL, needed, total));
    }
    return new ErasureCode(needed, total, kernel);
  }

  /**
   * Computes the parity of a segment.
   *
   * @param segment {@code needed * blockBytes} bytes
   * @param blockBytes bytes of a block, from 0 up
   * @param parity {@code total - needed} arrays of {@code blockBytes} bytes, in which blocks {@code
   *     needed} to {@code total - 1} are put
   */
  public void encode(byte[] segment, int blockBytes, byte[][] parity) {
    if (parity.length != total - needed) {
      throw new IllegalArgumentException(
          "want %d parity blocks, got %d".formatted(total - needed, parity.length));
    }
    encode(segment, blockBytes, needed, parity);
  }

  /**
   * Computes some of the parity of a segment.
   *
   * @param segment {@code needed * blockBytes} bytes
   * @param blockBytes bytes of a block, from 0 up
   * @param first share number of the first block to compute, at least {@code needed}
   * @param parity where that block and those after it are put, as many as there are arrays
   */
  public void encode(byte[] segment, int blockBytes, int first, byte[][] parity) {
    if (first < needed || first > total - parity.length) {
      throw new IllegalArgumentException(
          "%d parity blocks from number %d on are not all between %d and %d"
              .formatted(parity.length, first, needed, total - 1));
    }
    requireSegment(segment, blockBytes);
    requireBlocks(parity, blockBytes, segment);
    kernel.combine(
        Arrays.copyOfRange(parityRows, first - needed, first - needed + parity.length),
        Pieces.of(segment, primary, blockBytes),
        Pieces.of(parity),
        blockBytes);
  }

  /**
   * Rebuilds a segment.
   *
   * @param shareNumbers {@code needed} different numbers below {@code total}, in any order
   * @param blocks the block with each number, {@code blockBytes} bytes each
   * @param blockBytes bytes of a block, from 0 up
   * @param segment where {@code needed * blockBytes} bytes are put
   */
  public void decode(int[] shareNumbers, byte[][] blocks, int blockBytes, byte[] segment) {
    requireShareNumbers(shareNumbers);
    requireSegment(segment, blockBytes);
    if (blocks.length != needed) {
      throw new IllegalArgumentException("want %d blocks, got %d".formatted(needed, blocks.length));
    }
    requireBlocks(blocks, blockBytes, segment);
    var known = recipeFor(shareNumbers);
    for (int i = 0; i < needed; i++) {
      if (shareNumbers[i] < needed) {
        System.arraycopy(blocks[i], 0, segment, shareNumbers[i] * blockBytes, blockBytes);
      }
    }
    var missing = Pieces.of(segment, known.missing, blockBytes);
    kernel.combine(known.rows, Pieces.of(blocks), missing, blockBytes);
  }

  private Recipe recipeFor(int[] shareNumbers) {
    var last = recipe;
    if (Arrays.equals(last.shareNumbers, shareNumbers)) {
      return last;
    }
    var made = new Recipe(shareNumbers.clone());
    recipe = made;
    return made;
  }

  private void requireSegment(byte[] segment, int blockBytes) {
    if (blockBytes < 0 || segment.length < (long) needed * blockBytes) {
      throw new IllegalArgumentException(
          "a segment of %d bytes does not hold %d blocks of %d bytes"
              .formatted(segment.length, needed, blockBytes));
    }
  }

  @SuppressWarnings("ReferenceEquality") // The very same array is meant.
  private static void requireBlocks(byte[][] blocks, int blockBytes, byte[] segment) {
    for (byte[] block : blocks) {
      if (block.length < blockBytes) {
        throw new IllegalArgumentException(
            "an array of %d bytes holds no block of %d".formatted(block.length, blockBytes));
      }
      if (block == segment) {
        throw new IllegalArgumentException("a block and the segment are the same array");
      }
    }
  }

  private void requireShareNumbers(int[] shareNumbers) {
    if (shareNumbers.length != needed) {
      throw new IllegalArgumentException(
          "want %d share numbers, got %d".formatted(needed, shareNumbers.length));
    }
    var seen = new boolean[total];
    for (int number : shareNumbers) {
      if (number < 0 || number >= total) {
        throw new IllegalArgumentException(
            "share number %d is not between 0 and %d".formatted(number, total - 1));
      }
      if (seen[number]) {
        throw new IllegalArgumentException("share number %d is there twice".formatted(number));
      }
      seen[number] = true;
    }
  }

  /** How the primary blocks that are not among some shares are made of them. */
  private final class Recipe {
    private final int[] shareNumbers;
    private final int[] missing;
    private final byte[][] rows;

    private Recipe(int[] shareNumbers) {
      this.shareNumbers = shareNumbers;
      var present = new boolean[total];
      for (int number : shareNumbers) {
        present[number] = true;
      }
      this.missing = IntStream.of(primary).filter(i -> !present[i]).toArray();
      var lagrange = new Lagrange(shareNumbers);
      this.rows = IntStream.of(missing).mapToObj(lagrange::row).toArray(byte[][]::new);
    }
  }
}
