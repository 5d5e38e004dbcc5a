package io.raic.benchmarks;

import io.raic.crypto.hash.HashBatch;
import io.raic.crypto.hash.HashKernels;
import io.raic.crypto.hash.Tag;
import io.raic.crypto.hash.TaggedHash;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Hashes blocks and segments, 3 of 5, as one batch. */
@State(Scope.Thread)
public class HashBenchmark {
  private static final int NEEDED = 3;

  /** Whether lanes may be used. */
  @Param({"vector", "portable"})
  public String kernel = "";

  /** Blocks and segments. */
  @Param({"15+0", "30+6", "15+3", "5+1", "9+3", "15+5"})
  public String batch = "";

  /** Bytes of a segment. */
  @Param("1048576")
  public int segmentBytes;

  private final HashBatch hashes = new HashBatch();
  private byte[][] segments = {};
  private byte[] digests = {};
  private int blockCount;
  private int segmentCount;

  /** Makes random bytes. */
  @Setup
  public void fill() {
    if (kernel.equals("vector")) {
      System.out.println(HashKernels.chooseFastest(System::nanoTime));
    }
    blockCount = number(batch, 0);
    segmentCount = number(batch, 1);
    segments = new byte[Math.ceilDiv(blockCount, NEEDED)][NEEDED * blockBytes(segmentBytes)];
    var random = new Random(1);
    for (byte[] segment : segments) {
      random.nextBytes(segment);
    }
    digests = new byte[(blockCount + segmentCount) * TaggedHash.LENGTH];
  }

  /** Returns the bytes hashed at once. */
  static double bytes(String batch, int segmentBytes) {
    return (double) number(batch, 0) * blockBytes(segmentBytes)
        + (double) number(batch, 1) * segmentBytes;
  }

  private static int number(String batch, int i) {
    return Integer.parseInt(batch.split("\\+", 2)[i]);
  }

  private static int blockBytes(int segmentBytes) {
    return Math.ceilDiv(segmentBytes, NEEDED);
  }

  /** SHA-256d of all. */
  @Benchmark
  public byte[] batch() {
    int length = blockBytes(segmentBytes);
    for (int i = 0; i < blockCount; i++) {
      hashes.add(Tag.BLOCK, segments[i / NEEDED], i % NEEDED * length, length);
    }
    for (int i = 0; i < segmentCount; i++) {
      hashes.add(Tag.CRYPTTEXT_SEGMENT, segments[i], 0, segmentBytes);
    }
    hashes.digest(digests, 0);
    return digests;
  }
}
