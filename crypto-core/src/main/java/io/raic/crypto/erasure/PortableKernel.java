package io.raic.crypto.erasure;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Doubles and adds, eight bytes in a {@code long}, in loops so plain that the JIT compiler turns
 * them into vector instructions: no product is ever looked up, and no module is needed.
 *
 * <p>By Horner's rule over the bits of the coefficients: the sum of c_j * s_j is, from the highest
 * bit of any c_j down, twice what was reached so far plus those s_j whose c_j has the bit. So one
 * target costs as many doublings as its highest coefficient has bits after the first, and an
 * addition for each bit set.
 *
 * <p>The loops store to a {@code long[]} and load from a {@code byte[]}, because the compiler then
 * knows that no store changes what is loaded next; with two {@code byte[]} at different positions
 * it does not, and runs eight bytes at a time. They stay methods of their own so that each is
 * compiled alone.
 */
final class PortableKernel extends Kernel {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  /** Positions done at once: the sums stay in the first-level cache. */
  private static final int CHUNK = 8192;

  private static final long LOW_BITS = 0x0101010101010101L;
  private static final long LOW_SEVEN_BITS = 0x7f7f7f7f7f7f7f7fL;

  /** What is left of x^8 in each byte. */
  private static final long REDUCTION = 0x1d1d1d1d1d1d1d1dL;

  @Override
  void combine(byte[][] rows, Pieces sources, Pieces targets, int length) {
    if (length < Long.BYTES) {
      ScalarKernel.combine(rows, sources, targets, 0, length);
      return;
    }
    long[] sum = new long[CHUNK / Long.BYTES];
    int rest = length % Long.BYTES;
    for (int at = 0; at < length - rest; at += CHUNK) {
      int longs = Math.min(CHUNK, length - rest - at) / Long.BYTES;
      combine(rows, sources, targets, at, sum, longs);
    }
    if (rest > 0) {
      // Some bytes once more: a target is set, not added to.
      combine(rows, sources, targets, length - Long.BYTES, sum, 1);
    }
  }

  private static void combine(
      byte[][] rows, Pieces sources, Pieces targets, int at, long[] sum, int longs) {
    for (int i = 0; i < targets.count(); i++) {
      sum(rows[i], sources, at, sum, longs);
      store(sum, targets.arrays[i], targets.starts[i] + at, longs);
    }
  }

  private static void sum(byte[] row, Pieces sources, int at, long[] sum, int longs) {
    int all = 0;
    for (byte coefficient : row) {
      all |= coefficient & 0xff;
    }
    Arrays.fill(sum, 0, longs, 0);
    for (int bit = Integer.highestOneBit(all); bit > 0; bit >>= 1) {
      boolean doubled = bit == Integer.highestOneBit(all);
      for (int j = 0; j < row.length; j++) {
        if ((row[j] & bit) != 0) {
          byte[] source = sources.arrays[j];
          int start = sources.starts[j] + at;
          if (doubled) {
            add(sum, source, start, longs);
          } else {
            doubleAndAdd(sum, source, start, longs);
            doubled = true;
          }
        }
      }
      if (!doubled) {
        twice(sum, longs);
      }
    }
  }

  private static void add(long[] sum, byte[] source, int start, int longs) {
    for (int i = 0; i < longs; i++) {
      sum[i] ^= (long) LONGS.get(source, start + i * Long.BYTES);
    }
  }

  private static void twice(long[] sum, int longs) {
    for (int i = 0; i < longs; i++) {
      long high = (sum[i] >>> 7) & LOW_BITS;
      sum[i] = ((sum[i] & LOW_SEVEN_BITS) << 1) ^ (((high << 8) - high) & REDUCTION);
    }
  }

  private static void doubleAndAdd(long[] sum, byte[] source, int start, int longs) {
    for (int i = 0; i < longs; i++) {
      long high = (sum[i] >>> 7) & LOW_BITS;
      long twice = ((sum[i] & LOW_SEVEN_BITS) << 1) ^ (((high << 8) - high) & REDUCTION);
      sum[i] = twice ^ (long) LONGS.get(source, start + i * Long.BYTES);
    }
  }

  private static void store(long[] sum, byte[] target, int start, int longs) {
    for (int i = 0; i < longs; i++) {
      LONGS.set(target, start + i * Long.BYTES, sum[i]);
    }
  }

  @Override
  public String toString() {
    return "portable";
  }
}
