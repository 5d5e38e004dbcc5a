package io.raic.benchmarks;

import io.raic.crypto.erasure.ErasureCode;
import io.raic.crypto.erasure.Kernel;
import io.raic.crypto.erasure.Kernels;
import java.util.Arrays;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Computes all parity of a segment; rebuilds one of which as many blocks as possible are lost. */
@State(Scope.Thread)
public class ErasureBenchmark {
  /** Which kernel. */
  @Param({"vector", "portable", "scalar"})
  public String kernel = "";

  /** Needed and total. */
  @Param({"3-of-5", "3-of-10", "10-of-14"})
  public String code = "";

  /** Bytes of a segment, before rounding up. */
  @Param({"131072", "1048576"})
  public int segmentBytes;

  private ErasureCode erasureCode = ErasureCode.of(1, 1);
  private int blockBytes;
  private byte[] segment = {};
  private byte[][] parity = {};
  private int[] survivors = {};
  private byte[][] blocks = {};

  /** Makes a segment of random bytes, and its parity. */
  @Setup
  public void encodeOnce() {
    String[] numbers = code.split("-of-", 2);
    int needed = Integer.parseInt(numbers[0]);
    int total = Integer.parseInt(numbers[1]);
    erasureCode = ErasureCode.of(needed, total, kernel(kernel));
    blockBytes = Math.ceilDiv(segmentBytes, needed);
    segment = new byte[needed * blockBytes];
    new Random(1).nextBytes(segment);
    parity = new byte[total - needed][blockBytes];
    erasureCode.encode(segment, blockBytes, parity);
    survivors = new int[needed];
    Arrays.setAll(survivors, i -> total - needed + i);
    blocks = new byte[needed][];
    Arrays.setAll(blocks, i -> block(survivors[i], needed));
  }

  private byte[] block(int number, int needed) {
    return number >= needed
        ? parity[number - needed]
        : Arrays.copyOfRange(segment, number * blockBytes, (number + 1) * blockBytes);
  }

  private static Kernel kernel(String name) {
    return switch (name) {
      case "vector" -> Kernels.vector().orElseThrow();
      case "portable" -> Kernels.portable();
      case "scalar" -> Kernels.scalar();
      default -> throw new IllegalArgumentException("no kernel is called " + name);
    };
  }

  /** Encodes. */
  @Benchmark
  public byte[][] encode() {
    erasureCode.encode(segment, blockBytes, parity);
    return parity;
  }

  /** Decodes from the last blocks. */
  @Benchmark
  public byte[] decode() {
    erasureCode.decode(survivors, blocks, blockBytes, segment);
    return segment;
  }
}
