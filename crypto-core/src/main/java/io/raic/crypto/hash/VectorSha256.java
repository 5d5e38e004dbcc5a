package io.raic.crypto.hash;

import static jdk.incubator.vector.VectorOperators.AND;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.OR;
import static jdk.incubator.vector.VectorOperators.REVERSE_BYTES;
import static jdk.incubator.vector.VectorOperators.ROR;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * SHA-256 of sixteen messages with a vector for each word of the state: lane {@code i} of it
 * belongs to message {@code i}. The processor's own instructions for SHA-256 are faster with one
 * message, and slower than this with sixteen.
 *
 * <p>A block of each message is loaded as a row of sixteen words, and the rows are transposed, so
 * that there is a vector for each word of the block. A word that is expanded is needed sixteen
 * rounds later only: that work fills the gaps which the chain of dependent instructions of a round
 * leaves, when both are in one loop.
 *
 * <p>The rounds are spelt out: when a method called from the loop is not inlined, every vector
 * becomes an object, and the loop a hundred times slower. The same happens when a method has so
 * many operations that the compiler gives up: eight rounds in a loop are no faster than one, and a
 * second loop of them in the same method is too much.
 *
 * <p>The only class besides the erasure code's that touches {@code jdk.incubator.vector}.
 */
final class VectorSha256 implements LaneKernel {
  private static final VectorSpecies<Integer> SPECIES = IntVector.SPECIES_512;
  private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_512;
  private static final int ROUNDS = 64;
  private static final int BLOCK_WORDS = 16;

  /** The constant of each round, once for each lane. */
  private static final int[] CONSTANTS = new int[ROUNDS * LANES];

  /** Which of the 32 words of two rows go where, when pieces of n words change places. */
  private static final IntVector LOW_8 = pick(8, 0);

  private static final IntVector HIGH_8 = pick(8, 8);
  private static final IntVector LOW_4 = pick(4, 0);
  private static final IntVector HIGH_4 = pick(4, 4);
  private static final IntVector LOW_2 = pick(2, 0);
  private static final IntVector HIGH_2 = pick(2, 2);
  private static final IntVector LOW_1 = pick(1, 0);
  private static final IntVector HIGH_1 = pick(1, 1);

  static {
    // Fractions of the cube roots of the first 64 primes (FIPS 180-4, §4.2.2).
    int[] constants = {
      0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4,
          0xab1c5ed5,
      0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7,
          0xc19bf174,
      0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc,
          0x76f988da,
      0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351,
          0x14292967,
      0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e,
          0x92722c85,
      0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585,
          0x106aa070,
      0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f,
          0x682e6ff3,
      0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2
    };
    for (int i = 0; i < CONSTANTS.length; i++) {
      CONSTANTS[i] = constants[i / LANES];
    }
  }

  /** Word {@code t} of each lane's block, expanded to 64 words, from {@code t * LANES} on. */
  private final int[] words = new int[ROUNDS * LANES];

  private final int[] working = new int[STATE_WORDS * LANES];

  /** Says whether this machine has vectors of the length that this needs. */
  static boolean suitsMachine() {
    return IntVector.SPECIES_PREFERRED.length() == LANES;
  }

  private static IntVector pick(int piece, int from) {
    int[] indices = new int[LANES];
    for (int i = 0; i < LANES; i++) {
      indices[i] = (i & piece) == 0 ? i + from : i - piece + from + LANES;
    }
    return IntVector.fromArray(SPECIES, indices, 0);
  }

  @Override
  public void compress(int[] state, byte[][] arrays, int[] starts, int blocks) {
    for (int i = 0; i < blocks; i++) {
      load(arrays, starts, i * BLOCK_BYTES, words);
      first48Rounds(state, words, working);
      last16Rounds(words, working, state);
    }
  }

  /** Loads a row from each array, and stores their columns. */
  private static void load(byte[][] arrays, int[] starts, int at, int[] words) {
    IntVector t;
    for (int i = 0; i < 4; i++) {
      IntVector p = ByteVector.fromArray(BYTES, arrays[i], starts[i] + at).reinterpretAsInts();
      IntVector q =
          ByteVector.fromArray(BYTES, arrays[i + 4], starts[i + 4] + at).reinterpretAsInts();
      IntVector r =
          ByteVector.fromArray(BYTES, arrays[i + 8], starts[i + 8] + at).reinterpretAsInts();
      IntVector s =
          ByteVector.fromArray(BYTES, arrays[i + 12], starts[i + 12] + at).reinterpretAsInts();
      t = LOW_8.selectFrom(p, r);
      r = HIGH_8.selectFrom(p, r);
      p = t;
      t = LOW_8.selectFrom(q, s);
      s = HIGH_8.selectFrom(q, s);
      q = t;
      LOW_4.selectFrom(p, q).intoArray(words, i * LANES);
      HIGH_4.selectFrom(p, q).intoArray(words, (i + 4) * LANES);
      LOW_4.selectFrom(r, s).intoArray(words, (i + 8) * LANES);
      HIGH_4.selectFrom(r, s).intoArray(words, (i + 12) * LANES);
    }
    for (int i = 0; i < BLOCK_WORDS * LANES; i += 4 * LANES) {
      IntVector p = IntVector.fromArray(SPECIES, words, i).lanewise(REVERSE_BYTES);
      IntVector q = IntVector.fromArray(SPECIES, words, i + LANES).lanewise(REVERSE_BYTES);
      IntVector r = IntVector.fromArray(SPECIES, words, i + 2 * LANES).lanewise(REVERSE_BYTES);
      IntVector s = IntVector.fromArray(SPECIES, words, i + 3 * LANES).lanewise(REVERSE_BYTES);
      t = LOW_2.selectFrom(p, r);
      r = HIGH_2.selectFrom(p, r);
      p = t;
      t = LOW_2.selectFrom(q, s);
      s = HIGH_2.selectFrom(q, s);
      q = t;
      LOW_1.selectFrom(p, q).intoArray(words, i);
      HIGH_1.selectFrom(p, q).intoArray(words, i + LANES);
      LOW_1.selectFrom(r, s).intoArray(words, i + 2 * LANES);
      HIGH_1.selectFrom(r, s).intoArray(words, i + 3 * LANES);
    }
  }

  private static void first48Rounds(int[] state, int[] w, int[] working) {
    int[] k = CONSTANTS;
    IntVector a = IntVector.fromArray(SPECIES, state, 0);
    IntVector b = IntVector.fromArray(SPECIES, state, LANES);
    IntVector c = IntVector.fromArray(SPECIES, state, 2 * LANES);
    IntVector d = IntVector.fromArray(SPECIES, state, 3 * LANES);
    IntVector e = IntVector.fromArray(SPECIES, state, 4 * LANES);
    IntVector f = IntVector.fromArray(SPECIES, state, 5 * LANES);
    IntVector g = IntVector.fromArray(SPECIES, state, 6 * LANES);
    IntVector h = IntVector.fromArray(SPECIES, state, 7 * LANES);
    IntVector t;
    IntVector u;
    IntVector x;
    IntVector v = IntVector.fromArray(SPECIES, w, 0);
    IntVector y = IntVector.fromArray(SPECIES, w, 14 * LANES);
    IntVector z = IntVector.fromArray(SPECIES, w, 15 * LANES);
    for (int at = 0; at < 48 * LANES; at += 1 * LANES) {
      t = h.add(v).add(IntVector.fromArray(SPECIES, k, at));
      u = e.lanewise(ROR, 6).lanewise(XOR, e.lanewise(ROR, 11));
      t = t.add(u.lanewise(XOR, e.lanewise(ROR, 25)));
      t = t.add(g.lanewise(XOR, e.lanewise(AND, f.lanewise(XOR, g))));
      d = d.add(t);
      u = a.lanewise(ROR, 2).lanewise(XOR, a.lanewise(ROR, 13));
      t = t.add(u.lanewise(XOR, a.lanewise(ROR, 22)));
      h = t.add(a.lanewise(AND, b).lanewise(OR, c.lanewise(AND, a.lanewise(OR, b))));
      x = IntVector.fromArray(SPECIES, w, at + LANES);
      v = v.add(IntVector.fromArray(SPECIES, w, at + 9 * LANES));
      u = x.lanewise(ROR, 7).lanewise(XOR, x.lanewise(ROR, 18));
      v = v.add(u.lanewise(XOR, x.lanewise(LSHR, 3)));
      u = y.lanewise(ROR, 17).lanewise(XOR, y.lanewise(ROR, 19));
      v = v.add(u.lanewise(XOR, y.lanewise(LSHR, 10)));
      v.intoArray(w, at + 16 * LANES);
      y = z;
      z = v;
      v = x;
      // Each word of the state moves on by one place.
      t = h;
      h = g;
      g = f;
      f = e;
      e = d;
      d = c;
      c = b;
      b = a;
      a = t;
    }
    a.intoArray(working, 0);
    b.intoArray(working, 1 * LANES);
    c.intoArray(working, 2 * LANES);
    d.intoArray(working, 3 * LANES);
    e.intoArray(working, 4 * LANES);
    f.intoArray(working, 5 * LANES);
    g.intoArray(working, 6 * LANES);
    h.intoArray(working, 7 * LANES);
  }

  private static void last16Rounds(int[] w, int[] working, int[] state) {
    int[] k = CONSTANTS;
    IntVector a = IntVector.fromArray(SPECIES, working, 0);
    IntVector b = IntVector.fromArray(SPECIES, working, LANES);
    IntVector c = IntVector.fromArray(SPECIES, working, 2 * LANES);
    IntVector d = IntVector.fromArray(SPECIES, working, 3 * LANES);
    IntVector e = IntVector.fromArray(SPECIES, working, 4 * LANES);
    IntVector f = IntVector.fromArray(SPECIES, working, 5 * LANES);
    IntVector g = IntVector.fromArray(SPECIES, working, 6 * LANES);
    IntVector h = IntVector.fromArray(SPECIES, working, 7 * LANES);
    IntVector t;
    IntVector u;
    for (int at = 48 * LANES; at < ROUNDS * LANES; at += 1 * LANES) {
      t = h.add(IntVector.fromArray(SPECIES, w, at)).add(IntVector.fromArray(SPECIES, k, at));
      u = e.lanewise(ROR, 6).lanewise(XOR, e.lanewise(ROR, 11));
      t = t.add(u.lanewise(XOR, e.lanewise(ROR, 25)));
      t = t.add(g.lanewise(XOR, e.lanewise(AND, f.lanewise(XOR, g))));
      d = d.add(t);
      u = a.lanewise(ROR, 2).lanewise(XOR, a.lanewise(ROR, 13));
      t = t.add(u.lanewise(XOR, a.lanewise(ROR, 22)));
      h = t.add(a.lanewise(AND, b).lanewise(OR, c.lanewise(AND, a.lanewise(OR, b))));
      // Each word of the state moves on by one place.
      t = h;
      h = g;
      g = f;
      f = e;
      e = d;
      d = c;
      c = b;
      b = a;
      a = t;
    }
    IntVector.fromArray(SPECIES, state, 0).add(a).intoArray(state, 0);
    IntVector.fromArray(SPECIES, state, 1 * LANES).add(b).intoArray(state, 1 * LANES);
    IntVector.fromArray(SPECIES, state, 2 * LANES).add(c).intoArray(state, 2 * LANES);
    IntVector.fromArray(SPECIES, state, 3 * LANES).add(d).intoArray(state, 3 * LANES);
    IntVector.fromArray(SPECIES, state, 4 * LANES).add(e).intoArray(state, 4 * LANES);
    IntVector.fromArray(SPECIES, state, 5 * LANES).add(f).intoArray(state, 5 * LANES);
    IntVector.fromArray(SPECIES, state, 6 * LANES).add(g).intoArray(state, 6 * LANES);
    IntVector.fromArray(SPECIES, state, 7 * LANES).add(h).intoArray(state, 7 * LANES);
  }

  @Override
  public String toString() {
    return LANES + " lanes";
  }
}
