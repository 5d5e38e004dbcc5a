package io.raic.benchmarks;

import io.raic.crypto.cipher.FileKey;
import io.raic.crypto.cipher.SegmentCipher;
import io.raic.crypto.hash.Tag;
import io.raic.crypto.hash.TaggedHash;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The other work on every byte, for comparison: hashing it and encrypting it, once each. */
@State(Scope.Thread)
public class PrimitiveBenchmark {
  /** Bytes of a segment. */
  @Param({"131072", "1048576"})
  public int segmentBytes;

  private final TaggedHash hash = TaggedHash.of(Tag.BLOCK);
  private final byte[] digest = new byte[TaggedHash.LENGTH];
  private final SegmentCipher cipher = new SegmentCipher(FileKey.of(new byte[FileKey.LENGTH]));
  private long position;
  private byte[] plaintext = {};
  private byte[] ciphertext = {};

  /** Makes random bytes. */
  @Setup
  public void fill() {
    plaintext = new byte[segmentBytes];
    new Random(1).nextBytes(plaintext);
    ciphertext = new byte[segmentBytes];
  }

  /** SHA-256d, as of a block. */
  @Benchmark
  public byte[] blockHash() {
    hash.update(plaintext).digest(digest, 0);
    return digest;
  }

  /** AES-128-CTR from one array to another. */
  @Benchmark
  public byte[] encryption() {
    cipher.apply(position, plaintext, 0, ciphertext, 0, segmentBytes);
    position += segmentBytes;
    return ciphertext;
  }
}
