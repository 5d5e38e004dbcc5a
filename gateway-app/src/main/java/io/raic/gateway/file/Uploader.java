package io.raic.gateway.file;

import io.raic.crypto.bytes.Bytes;
import io.raic.crypto.bytes.Secret;
import io.raic.crypto.capability.Capability;
import io.raic.crypto.capability.LiteralCap;
import io.raic.crypto.capability.ReadCap;
import io.raic.crypto.capability.StorageIndex;
import io.raic.crypto.cipher.FileKey;
import io.raic.crypto.file.Encoding;
import io.raic.crypto.file.EncryptedStream;
import io.raic.crypto.file.FileEncoder;
import io.raic.crypto.hash.MerkleTree;
import io.raic.crypto.share.Geometry;
import io.raic.crypto.share.ShareLayout;
import io.raic.crypto.share.UriExtension;
import io.raic.gateway.grid.BusyException;
import io.raic.gateway.grid.Grid;
import io.raic.gateway.grid.TransferBudget;
import io.raic.gateway.web.BadRequestException;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Stores files: a capability is returned when every share counted is durable, and they are enough;
 * others may be stored later. If that fails, nothing is visible that was not before, or it is on
 * the list of what is to be removed.
 *
 * <p>Memory of an upload: {@link #memory}. For any number of threads.
 */
public final class Uploader {
  /** How many segments are encoded at a time, if there is memory for more than one. */
  private static final List<Integer> DEPTHS = List.of(6, 3);

  private final Grid grid;
  private final Encoding encoding;
  private final Secret convergence;
  private final SpoolDirectory spoolDirectory;
  private final int spoolMemoryBytes;
  private final TransferBudget budget;
  private final SecureRandom random;
  private final EncodingPipeline pipeline;
  private final TransferBoard board;

  /** What an upload did. */
  public sealed interface Stored {
    /** Returns the capability that reads the file. */
    Capability capability();

    /**
     * The capability is the file; nothing was stored.
     *
     * @param capability it
     */
    record Literal(LiteralCap capability) implements Stored {}

    /**
     * Shares were stored.
     *
     * @param capability of the file
     * @param shares how many different ones are durable
     */
    record Shared(ReadCap capability, int shares) implements Stored {}
  }

  /**
   * Stores into {@code grid}.
   *
   * @param convergence the secret that convergent keys are made with
   * @param spoolDirectory for what does not fit into {@code spoolMemoryBytes}
   */
  public Uploader(
      Grid grid,
      Encoding encoding,
      Secret convergence,
      Path spoolDirectory,
      int spoolMemoryBytes,
      TransferBudget budget,
      SecureRandom random) {
    this(
        grid,
        encoding,
        convergence,
        spoolDirectory,
        spoolMemoryBytes,
        budget,
        random,
        new TransferBoard(grid.scheduler()));
  }

  /** As the other one, and shows every upload on {@code board}. */
  public Uploader(
      Grid grid,
      Encoding encoding,
      Secret convergence,
      Path spoolDirectory,
      int spoolMemoryBytes,
      TransferBudget budget,
      SecureRandom random,
      TransferBoard board) {
    this.grid = grid;
    this.encoding = encoding;
    this.convergence = convergence;
    this.spoolDirectory = new SpoolDirectory(spoolDirectory, random);
    this.spoolMemoryBytes = spoolMemoryBytes;
    this.budget = budget;
    this.random = random;
    this.pipeline = new EncodingPipeline(grid.scheduler());
    this.board = board;
  }

  /**
   * Stores {@code plaintext}.
   *
   * @param length of the plaintext, if known before
   * @param randomKey whether to give the file a key of its own, rather than one that the same file
   *     gets again
   * @throws EOFException if the plaintext has another length
   * @throws io.raic.gateway.grid.UnhappyException if too few stores take a share
   * @throws BadRequestException 413 if no capability can be made for so much
   * @throws BusyException if there are too many transfers
   */
  public Stored upload(InputStream plaintext, OptionalLong length, boolean randomKey)
      throws IOException {
    try (var shown = board.begin(TransferBoard.Direction.UPLOAD, length)) {
      try {
        var stored = uploadAny(shown.counting(plaintext), length, randomKey);
        shown.done();
        return stored;
      } catch (BadRequestException | EOFException e) {
        shown.isClients();
        throw e;
      }
    }
  }

  private Stored uploadAny(InputStream plaintext, OptionalLong length, boolean randomKey)
      throws IOException {
    if (length.orElse(0) > Encoding.MAX_LITERAL_BYTES) {
      // Refused, if at all, before the client is asked for the first byte.
      return uploadLong(plaintext, length, randomKey);
    }
    byte[] head = plaintext.readNBytes(Encoding.MAX_LITERAL_BYTES + 1);
    if (head.length <= Encoding.MAX_LITERAL_BYTES) {
      requireLength(head.length, length);
      return new Stored.Literal(new LiteralCap(Bytes.copyOf(head)));
    }
    var whole = new SequenceInputStream(new ByteArrayInputStream(head), plaintext);
    return uploadLong(whole, length, randomKey);
  }

  private Stored uploadLong(InputStream plaintext, OptionalLong length, boolean randomKey)
      throws IOException {
    requirePossible(length.orElse(0));
    try (var share = budget.take(memory(length, randomKey))) {
      if (randomKey && length.isPresent()) {
        var geometry = encoding.geometry(length.getAsLong());
        return store(FileKey.random(random), geometry, plaintext, true, share);
      }
      return storeSpooled(plaintext, length, randomKey, share);
    }
  }

  private Stored storeSpooled(
      InputStream whole, OptionalLong length, boolean randomKey, TransferBudget.Share share)
      throws IOException {
    var secret = randomKey ? Optional.<Secret>empty() : Optional.of(convergence);
    try (var spool = Spool.of(whole, encoding, secret, spoolDirectory, spoolMemoryBytes)) {
      requireLength(spool.size(), length);
      requirePossible(spool.size());
      var key = spool.convergentKey().orElseGet(() -> FileKey.random(random));
      share.growTo(memory(OptionalLong.of(spool.size()), randomKey));
      return store(key, encoding.geometry(spool.size()), spool.open(), randomKey, share);
    }
  }

  private static void requireLength(long got, OptionalLong announced) throws EOFException {
    if (announced.isPresent() && got != announced.getAsLong()) {
      throw new EOFException(
          "%d bytes were announced and %d came".formatted(announced.getAsLong(), got));
    }
  }

  private void requirePossible(long size) {
    long limit = (long) encoding.maxSegmentBytes() * MerkleTree.MAX_LEAVES;
    if (size > limit || (size > 0 && !FileEncoder.canEncode(encoding.geometry(size)))) {
      throw new BadRequestException(
          413, "a file of %d bytes in %d shares is too large".formatted(size, encoding.total()));
    }
  }

  private Stored store(
      FileKey key,
      Geometry geometry,
      InputStream plaintext,
      boolean fresh,
      TransferBudget.Share memory)
      throws IOException {
    var layout = ShareLayout.of(geometry);
    long shareBytes = layout.shareBytes(UriExtension.length(geometry));
    try (var uploads = grid.store(StorageIndex.of(key), fresh, geometry, shareBytes)) {
      int depth = depth(geometry, memory);
      var encoder = new FileEncoder(geometry, layout, uploads.sinks(), depth);
      var extension =
          pipeline.encode(encoder, new EncryptedStream(plaintext, key, geometry), depth);
      var cap =
          new ReadCap(key, extension.hash(), geometry.needed(), geometry.total(), geometry.size());
      return new Stored.Shared(cap, grid.commit(uploads, cap.verifyCap(), memory).distinctShares());
    }
  }

  /** More segments at a time are hashed faster, if there is memory for them. */
  private static int depth(Geometry geometry, TransferBudget.Share memory) {
    long one = encodingMemory(geometry, FileEncoder.DEFAULT_DEPTH);
    return DEPTHS.stream()
        .filter(depth -> geometry.segments() >= depth)
        .filter(depth -> FileEncoder.canEncode(geometry, depth))
        .filter(depth -> memory.growAtLeisure(encodingMemory(geometry, depth) - one))
        .findFirst()
        .orElse(FileEncoder.DEFAULT_DEPTH);
  }

  private static long encodingMemory(Geometry geometry, int depth) {
    return EncodingPipeline.memoryBytes(geometry, depth) + FileEncoder.memoryBytes(geometry, depth);
  }

  /**
   * Returns about how much memory an upload takes: a piece of plaintext, what is read ahead, the
   * encoder, and what is on its way to the stores; and the spool, at the same time if the plaintext
   * stays in memory, before that if not. Of an upload whose length is not known, that of a file of
   * one segment.
   */
  long memory(OptionalLong length, boolean randomKey) {
    long size = length.orElse(encoding.maxSegmentBytes());
    if (size <= Encoding.MAX_LITERAL_BYTES) {
      return 0;
    }
    var geometry = encoding.geometry(size);
    long storing =
        EncryptedStream.memoryBytes(geometry)
            + encodingMemory(geometry, FileEncoder.DEFAULT_DEPTH)
            + grid.uploadMemoryBytes(geometry);
    if (randomKey && length.isPresent()) {
      return storing;
    }
    long spool = spoolMemory(geometry);
    return length.orElse(spool) <= spool
        ? storing + Math.min(spool, length.orElse(spool))
        : Math.max(spool, storing + SpoolFile.MEMORY_BYTES);
  }

  private long spoolMemory(Geometry geometry) {
    return Math.max(spoolMemoryBytes, geometry.segmentBytes());
  }
}
