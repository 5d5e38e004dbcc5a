package io.raic.crypto.file;

import io.raic.crypto.bytes.Secret;
import io.raic.crypto.capability.ReadCap;
import io.raic.crypto.cipher.Convergence;
import io.raic.crypto.cipher.FileKey;
import io.raic.crypto.share.Geometry;
import io.raic.crypto.share.ShareLayout;
import io.raic.crypto.share.ShareSink;
import io.raic.crypto.share.ShareSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** A file's shares in memory. */
public record Shares(ReadCap cap, List<byte[]> raw) {

  /** Encodes {@code plaintext} with {@code key}. */
  public static Shares encode(byte[] plaintext, FileKey key, Encoding encoding) {
    var geometry = encoding.geometry(plaintext.length);
    return encode(plaintext, key, geometry, ShareLayout.of(geometry));
  }

  /** Encodes {@code plaintext} with {@code key}, cut and laid out as told. */
  public static Shares encode(
      byte[] plaintext, FileKey key, Geometry geometry, ShareLayout layout) {
    var streams =
        IntStream.range(0, geometry.total()).mapToObj(_ -> new ByteArrayOutputStream()).toList();
    var sinks = streams.stream().<ShareSink>map(stream -> stream::write).toList();
    try {
      var ciphertext = new EncryptedStream(new ByteArrayInputStream(plaintext), key, geometry);
      var extension = new FileEncoder(geometry, layout, sinks).encode(ciphertext);
      var cap =
          new ReadCap(key, extension.hash(), geometry.needed(), geometry.total(), geometry.size());
      return new Shares(cap, streams.stream().map(ByteArrayOutputStream::toByteArray).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Encodes {@code plaintext} with the convergent key of {@code secret}. */
  public static Shares converge(byte[] plaintext, byte[] secret, Encoding encoding) {
    int segmentBytes = encoding.geometry(plaintext.length).segmentBytes();
    var key =
        Convergence.of(Secret.copyOf(secret), encoding.needed(), encoding.total(), segmentBytes)
            .update(plaintext, 0, plaintext.length)
            .key();
    return encode(plaintext, key, encoding);
  }

  /** Returns what reads a share in memory. */
  public static ShareSource source(byte[] raw) {
    return (offset, target, targetOffset, length) -> {
      int got = Math.clamp(raw.length - offset, 0, length);
      if (got > 0) {
        System.arraycopy(raw, (int) offset, target, targetOffset, got);
      }
      return got;
    };
  }

  /** Decodes the file from the given shares, first ones first. */
  public static byte[] decode(
      ReadCap cap, List<ShareSet.Candidate> candidates, List<Integer> gaveUp) throws IOException {
    var set = new ShareSet(cap.verifyCap(), candidates, (number, _) -> gaveUp.add(number));
    var out = new ByteArrayOutputStream();
    new PlaintextReader(new FileDecoder(set), cap.key()).transfer(0, cap.size(), out);
    return out.toByteArray();
  }

  /** Decodes the file from the shares with the given numbers. */
  public byte[] decode(int... numbers) throws IOException {
    return decode(cap, candidates(numbers), new ArrayList<>());
  }

  /** Returns the shares with the given numbers. */
  public List<ShareSet.Candidate> candidates(int... numbers) {
    return IntStream.of(numbers)
        .mapToObj(number -> new ShareSet.Candidate(number, source(raw.get(number))))
        .toList();
  }

  /** Makes the given shares again from others, with the verify cap alone. */
  public TreeMap<Integer, byte[]> repair(int[] good, int... wanted) throws IOException {
    var set = new ShareSet(cap.verifyCap(), candidates(good), (_, _) -> {});
    var geometry = set.extension().geometry();
    var streams = new TreeMap<Integer, ByteArrayOutputStream>();
    var sinks = new ArrayList<ShareSink>();
    for (int i = 0; i < geometry.total(); i++) {
      sinks.add(ShareSink.NOWHERE);
    }
    for (int number : wanted) {
      var stream = new ByteArrayOutputStream();
      streams.put(number, stream);
      sinks.set(number, stream::write);
    }
    var layout = ShareLayout.of(geometry, set.layoutVersion());
    new FileEncoder(geometry, layout, sinks).encodeAgain(new FileDecoder(set), set.extension());
    var made = new TreeMap<Integer, byte[]>();
    streams.forEach((number, stream) -> made.put(number, stream.toByteArray()));
    return made;
  }
}
