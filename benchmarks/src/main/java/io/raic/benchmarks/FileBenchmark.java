package io.raic.benchmarks;

import io.raic.crypto.bytes.Bytes;
import io.raic.crypto.capability.ReadCap;
import io.raic.crypto.cipher.FileKey;
import io.raic.crypto.file.Calibration;
import io.raic.crypto.file.Encoding;
import io.raic.crypto.file.EncryptedStream;
import io.raic.crypto.file.FileDecoder;
import io.raic.crypto.file.FileEncoder;
import io.raic.crypto.file.PlaintextReader;
import io.raic.crypto.file.ShareSet;
import io.raic.crypto.share.Geometry;
import io.raic.crypto.share.ShareLayout;
import io.raic.crypto.share.ShareSink;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Everything that is done to a file in memory: cipher, code, hashes, trees; 3 of 5 shares. */
@State(Scope.Thread)
public class FileBenchmark {
  private static final int SEGMENTS = 18;
  private static final FileKey KEY = FileKey.of(new byte[FileKey.LENGTH]);

  /** Bytes of a segment. */
  @Param({"131072", "1048576"})
  public int segmentBytes;

  /** Whether the vector kernels may be used. */
  @Param({"vector", "portable"})
  public String kernel = "";

  /** Segments that are encoded at a time. */
  @Param({"1", "3", "6"})
  public int depth;

  private Geometry geometry = Encoding.DEFAULT.geometry(1);
  private byte[] plaintext = {};
  private List<ShareSet.Candidate> worstShares = List.of();
  private ReadCap cap = new ReadCap(KEY, Bytes.copyOf(new byte[32]), 1, 1, 1);

  /** Encodes a file of random bytes and keeps the shares that take the longest to decode. */
  @Setup
  public void encodeOnce() throws IOException {
    if (kernel.equals("vector")) {
      System.out.println(Calibration.run(System::nanoTime));
    }
    plaintext = new byte[SEGMENTS * segmentBytes];
    new Random(1).nextBytes(plaintext);
    geometry = new Encoding(3, 5, segmentBytes).geometry(plaintext.length);
    var shares = new ArrayList<ByteArrayOutputStream>();
    var sinks = new ArrayList<ShareSink>();
    for (int i = 0; i < geometry.total(); i++) {
      var share = new ByteArrayOutputStream();
      shares.add(share);
      sinks.add(share::write);
    }
    cap = encodeTo(sinks);
    var candidates = new ArrayList<ShareSet.Candidate>();
    for (int i = geometry.total() - 1; i >= 0; i--) {
      byte[] raw = shares.get(i).toByteArray();
      candidates.add(
          new ShareSet.Candidate(
              i,
              (offset, target, targetOffset, length) -> {
                int got = (int) Math.min(length, raw.length - offset);
                System.arraycopy(raw, (int) offset, target, targetOffset, got);
                return got;
              }));
    }
    worstShares = candidates;
  }

  private ReadCap encodeTo(List<ShareSink> sinks) throws IOException {
    var ciphertext = new EncryptedStream(new ByteArrayInputStream(plaintext), KEY, geometry);
    var extension =
        new FileEncoder(geometry, ShareLayout.of(geometry), sinks, depth).encode(ciphertext);
    return new ReadCap(KEY, extension.hash(), geometry.needed(), geometry.total(), geometry.size());
  }

  /** Encrypts and encodes, and drops the shares. */
  @Benchmark
  @OperationsPerInvocation(SEGMENTS)
  public ReadCap encode() throws IOException {
    return encodeTo(Collections.nCopies(geometry.total(), ShareSink.NOWHERE));
  }

  /** Decodes from shares 4, 3 and 2, verifies and decrypts. */
  @Benchmark
  @OperationsPerInvocation(SEGMENTS)
  public void decode() throws IOException {
    var set =
        new ShareSet(
            cap.verifyCap(),
            worstShares,
            (_, reason) -> {
              throw new IllegalStateException(reason);
            });
    new PlaintextReader(new FileDecoder(set), KEY)
        .transfer(0, geometry.size(), OutputStream.nullOutputStream());
  }
}
