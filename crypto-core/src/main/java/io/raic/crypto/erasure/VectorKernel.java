package io.raic.crypto.erasure;

import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Looks up products of whole vectors at once: the product of c and a byte is the product of c and
 * its low four bits plus that of c and its high four, and a table of sixteen products fits into one
 * vector, whose lanes {@code selectFrom} picks.
 *
 * <p>The tables are repeated to the length of the vector, and {@code selectFrom} takes indices
 * modulo that length, so the bits of an index above the fourth do not matter: the low half needs no
 * mask, and the high half is shifted down in {@code int} lanes (there is no shift of bytes in
 * hardware) with the neighbour's bits above it.
 *
 * <p>Two targets times four vectors are done in one pass over the sources, with the eight sums in
 * registers. All that is spelt out: when a method called from the loop is not inlined, every vector
 * becomes an object, and the loop twenty times slower. The last vectors overlap those before,
 * rather than leave a rest.
 *
 * <p>The only class besides that of the hashes that touches {@code jdk.incubator.vector}.
 */
final class VectorKernel extends Kernel {
  static final VectorKernel INSTANCE = new VectorKernel();

  /**
   * With 512 bits, one instruction looks up 64 bytes in a table of 64. With 256 there is none for a
   * table of 32, and four of them are slower than one for 16.
   */
  private static final VectorSpecies<Byte> SPECIES =
      ByteVector.SPECIES_PREFERRED.equals(ByteVector.SPECIES_512)
          ? ByteVector.SPECIES_512
          : ByteVector.SPECIES_128;

  private static final int LANES = SPECIES.length();
  private static final int STEP = 4 * LANES;
  private static final int ELEMENTS = 256;

  /** For each element, its products with 0x00 to 0x0f, and then with 0x00 to 0xf0. */
  private static final byte[] TABLES = tables();

  private VectorKernel() {}

  private static byte[] tables() {
    byte[] tables = new byte[ELEMENTS * 2 * LANES];
    for (int c = 0; c < ELEMENTS; c++) {
      for (int lane = 0; lane < LANES; lane++) {
        int low = lane & 0x0f;
        tables[c * 2 * LANES + lane] = (byte) GaloisField.multiply(c, low);
        tables[(c * 2 + 1) * LANES + lane] = (byte) GaloisField.multiply(c, low << 4);
      }
    }
    return tables;
  }

  @Override
  void combine(byte[][] rows, Pieces sources, Pieces targets, int length) {
    if (length < STEP) {
      ScalarKernel.combine(rows, sources, targets, 0, length);
      return;
    }
    int last = targets.count() & ~1;
    for (int i = 0; i < last; i += 2) {
      two(rows, sources, targets, i, length);
    }
    if (last < targets.count()) {
      one(rows[last], sources, targets.arrays[last], targets.starts[last], length);
    }
  }

  private static void two(byte[][] rows, Pieces sources, Pieces targets, int i, int length) {
    byte[] rowA = rows[i];
    byte[] rowB = rows[i + 1];
    byte[] targetA = targets.arrays[i];
    byte[] targetB = targets.arrays[i + 1];
    int startA = targets.starts[i];
    int startB = targets.starts[i + 1];
    byte[][] arrays = sources.arrays;
    int[] starts = sources.starts;
    byte[] tables = TABLES;
    int at = 0;
    while (true) {
      ByteVector a0 = ByteVector.zero(SPECIES);
      ByteVector a1 = a0;
      ByteVector a2 = a0;
      ByteVector a3 = a0;
      ByteVector b0 = a0;
      ByteVector b1 = a0;
      ByteVector b2 = a0;
      ByteVector b3 = a0;
      for (int j = 0; j < arrays.length; j++) {
        byte[] source = arrays[j];
        int p = starts[j] + at;
        int tableA = (rowA[j] & 0xff) * 2 * LANES;
        int tableB = (rowB[j] & 0xff) * 2 * LANES;
        ByteVector lowA = ByteVector.fromArray(SPECIES, tables, tableA);
        ByteVector highA = ByteVector.fromArray(SPECIES, tables, tableA + LANES);
        ByteVector lowB = ByteVector.fromArray(SPECIES, tables, tableB);
        ByteVector highB = ByteVector.fromArray(SPECIES, tables, tableB + LANES);
        ByteVector x = ByteVector.fromArray(SPECIES, source, p);
        ByteVector h = x.reinterpretAsInts().lanewise(LSHR, 4).reinterpretAsBytes();
        a0 = a0.lanewise(XOR, x.selectFrom(lowA).lanewise(XOR, h.selectFrom(highA)));
        b0 = b0.lanewise(XOR, x.selectFrom(lowB).lanewise(XOR, h.selectFrom(highB)));
        x = ByteVector.fromArray(SPECIES, source, p + LANES);
        h = x.reinterpretAsInts().lanewise(LSHR, 4).reinterpretAsBytes();
        a1 = a1.lanewise(XOR, x.selectFrom(lowA).lanewise(XOR, h.selectFrom(highA)));
        b1 = b1.lanewise(XOR, x.selectFrom(lowB).lanewise(XOR, h.selectFrom(highB)));
        x = ByteVector.fromArray(SPECIES, source, p + 2 * LANES);
        h = x.reinterpretAsInts().lanewise(LSHR, 4).reinterpretAsBytes();
        a2 = a2.lanewise(XOR, x.selectFrom(lowA).lanewise(XOR, h.selectFrom(highA)));
        b2 = b2.lanewise(XOR, x.selectFrom(lowB).lanewise(XOR, h.selectFrom(highB)));
        x = ByteVector.fromArray(SPECIES, source, p + 3 * LANES);
        h = x.reinterpretAsInts().lanewise(LSHR, 4).reinterpretAsBytes();
        a3 = a3.lanewise(XOR, x.selectFrom(lowA).lanewise(XOR, h.selectFrom(highA)));
        b3 = b3.lanewise(XOR, x.selectFrom(lowB).lanewise(XOR, h.selectFrom(highB)));
      }
      a0.intoArray(targetA, startA + at);
      a1.intoArray(targetA, startA + at + LANES);
      a2.intoArray(targetA, startA + at + 2 * LANES);
      a3.intoArray(targetA, startA + at + 3 * LANES);
      b0.intoArray(targetB, startB + at);
      b1.intoArray(targetB, startB + at + LANES);
      b2.intoArray(targetB, startB + at + 2 * LANES);
      b3.intoArray(targetB, startB + at + 3 * LANES);
      if (at == length - STEP) {
        return;
      }
      at = Math.min(at + STEP, length - STEP);
    }
  }

  private static void one(byte[] row, Pieces sources, byte[] target, int start, int length) {
    byte[][] arrays = sources.arrays;
    int[] starts = sources.starts;
    byte[] tables = TABLES;
    int at = 0;
    while (true) {
      ByteVector a0 = ByteVector.zero(SPECIES);
      ByteVector a1 = a0;
      ByteVector a2 = a0;
      ByteVector a3 = a0;
      for (int j = 0; j < arrays.length; j++) {
        byte[] source = arrays[j];
        int p = starts[j] + at;
        int table = (row[j] & 0xff) * 2 * LANES;
        ByteVector low = ByteVector.fromArray(SPECIES, tables, table);
        ByteVector high = ByteVector.fromArray(SPECIES, tables, table + LANES);
        ByteVector x = ByteVector.fromArray(SPECIES, source, p);
        ByteVector h = x.reinterpretAsInts().lanewise(LSHR, 4).reinterpretAsBytes();
        a0 = a0.lanewise(XOR, x.selectFrom(low).lanewise(XOR, h.selectFrom(high)));
        x = ByteVector.fromArray(SPECIES, source, p + LANES);
        h = x.reinterpretAsInts().lanewise(LSHR, 4).reinterpretAsBytes();
        a1 = a1.lanewise(XOR, x.selectFrom(low).lanewise(XOR, h.selectFrom(high)));
        x = ByteVector.fromArray(SPECIES, source, p + 2 * LANES);
        h = x.reinterpretAsInts().lanewise(LSHR, 4).reinterpretAsBytes();
        a2 = a2.lanewise(XOR, x.selectFrom(low).lanewise(XOR, h.selectFrom(high)));
        x = ByteVector.fromArray(SPECIES, source, p + 3 * LANES);
        h = x.reinterpretAsInts().lanewise(LSHR, 4).reinterpretAsBytes();
        a3 = a3.lanewise(XOR, x.selectFrom(low).lanewise(XOR, h.selectFrom(high)));
      }
      a0.intoArray(target, start + at);
      a1.intoArray(target, start + at + LANES);
      a2.intoArray(target, start + at + 2 * LANES);
      a3.intoArray(target, start + at + 3 * LANES);
      if (at == length - STEP) {
        return;
      }
      at = Math.min(at + STEP, length - STEP);
    }
  }

  @Override
  public String toString() {
    return SPECIES.vectorBitSize() + "-bit vector";
  }
}
