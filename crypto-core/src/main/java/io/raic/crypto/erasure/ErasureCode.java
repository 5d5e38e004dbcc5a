package io.raic.crypto.erasure;

import java.util.Arrays;

/** Any k of n blocks rebuild a segment. */
public final class ErasureCode {
  private static final int[] EXP = new int[510];
  private static final int[] LOG = new int[256];

  static {
    int x = 1;
    for (int i = 0; i < 255; i++) {
      EXP[i] = x;
      EXP[i + 255] = x;
      LOG[x] = i;
      x = (x << 1) ^ (x >= 128 ? 0x11d : 0);
    }
  }

  private final int needed;
  private final int total;

  private ErasureCode(int needed, int total) {
    this.needed = needed;
    this.total = total;
  }

  /** Returns the code. */
  public static ErasureCode of(int needed, int total) {
    return new ErasureCode(needed, total);
  }

  private static int mul(int a, int b) {
    return a == 0 || b == 0 ? 0 : EXP[LOG[a] + LOG[b]];
  }

  private static int point(int i) {
    return i == 0 ? 0 : EXP[i - 1];
  }

  private static int coefficient(int[] from, int j, int to) {
    int c = 1;
    for (int m = 0; m < from.length; m++) {
      if (m != j) {
        int num = point(to) ^ point(from[m]);
        int den = point(from[j]) ^ point(from[m]);
        c = mul(c, mul(num, EXP[255 - LOG[den]]));
      }
    }
    return c;
  }

  /** Encodes parity. */
  public void encode(byte[] segment, int blockBytes, byte[][] parity) {
    int[] from = new int[needed];
    byte[][] blocks = new byte[needed][];
    for (int i = 0; i < needed; i++) {
      from[i] = i;
      blocks[i] = Arrays.copyOfRange(segment, i * blockBytes, (i + 1) * blockBytes);
    }
    for (int i = needed; i < total; i++) {
      combine(from, blocks, blockBytes, i, parity[i - needed], 0);
    }
  }

  /** Decodes. */
  public void decode(int[] shareNumbers, byte[][] blocks, int blockBytes, byte[] segment) {
    for (int i = 0; i < needed; i++) {
      combine(shareNumbers, blocks, blockBytes, i, segment, i * blockBytes);
    }
  }

  private static void combine(
      int[] from, byte[][] blocks, int blockBytes, int to, byte[] out, int offset) {
    Arrays.fill(out, offset, offset + blockBytes, (byte) 0);
    for (int j = 0; j < from.length; j++) {
      int c = coefficient(from, j, to);
      for (int b = 0; b < blockBytes; b++) {
        out[offset + b] ^= (byte) mul(c, blocks[j][b] & 0xff);
      }
    }
  }
}
