package io.raic.gateway.file;

import io.raic.crypto.capability.LiteralCap;
import io.raic.crypto.capability.ReadCap;
import io.raic.crypto.file.Ciphertext;
import io.raic.crypto.file.FileDecoder;
import io.raic.crypto.file.PlaintextReader;
import io.raic.crypto.share.Geometry;
import io.raic.gateway.grid.BusyException;
import io.raic.gateway.grid.CloudShares;
import io.raic.gateway.grid.FileHead;
import io.raic.gateway.grid.Grid;
import io.raic.gateway.grid.TransferBudget;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads files, whole or in part. For any number of threads. */
public final class Downloader {
  private final Grid grid;
  private final TransferBudget budget;
  private final Optional<SegmentCache> cache;
  private final TransferBoard board;

  /** Reads out of {@code grid}. */
  public Downloader(Grid grid, TransferBudget budget) {
    this(grid, budget, Optional.empty());
  }

  /** Reads out of {@code cache}, if there is one, and else out of {@code grid}. */
  public Downloader(Grid grid, TransferBudget budget, Optional<SegmentCache> cache) {
    this(grid, budget, cache, new TransferBoard(grid.scheduler()));
  }

  /** As the other one, and shows every download on {@code board}. */
  public Downloader(
      Grid grid, TransferBudget budget, Optional<SegmentCache> cache, TransferBoard board) {
    this.grid = grid;
    this.budget = budget;
    this.cache = cache;
    this.board = board;
  }

  /**
   * Opens the {@code length} bytes of a file from {@code offset} on. On return a good share of it
   * was found, unless the file was read lately and its beginning is in the cache; and nothing is
   * read yet.
   *
   * @throws io.raic.gateway.grid.UnrecoverableException if no good share can be had
   * @throws BusyException if there are too many transfers
   */
  public FileContent open(ReadCap cap, long offset, long length) throws IOException {
    var shown = board.begin(TransferBoard.Direction.DOWNLOAD, OptionalLong.of(length));
    boolean opened = false;
    try {
      var content = open(cap, offset, length, shown);
      opened = true;
      return content;
    } finally {
      if (!opened) {
        shown.close();
      }
    }
  }

  private FileContent open(ReadCap cap, long offset, long length, TransferBoard.Transfer shown)
      throws IOException {
    var share = budget.take(memory(grid.usualGeometry(cap.verifyCap())));
    var content = new SharedContent(new OpenShares(grid, cap), share, shown);
    boolean opened = false;
    try {
      var ciphertext =
          cache.isEmpty()
              ? new FileDecoder(content.shares.of(offset, length))
              : cached(cap, cache.get(), offset, length, content.shares);
      // How long the segments are is known now: mostly as long as expected.
      share.growTo(memory(ciphertext.geometry()));
      content.start(new PlaintextReader(ciphertext, cap.key()), offset, length);
      opened = true;
      return content;
    } finally {
      if (!opened) {
        content.close();
      }
    }
  }

  private Ciphertext cached(
      ReadCap cap, SegmentCache cache, long offset, long length, OpenShares shares)
      throws IOException {
    var file = cache.of(cap.verifyCap().uebHash());
    var recent = grid.recentHead(cap.verifyCap());
    boolean isAllMissing = file.firstFrom(0).isEmpty();
    if (isAllMissing || recent.isEmpty()) {
      // Where something is cached, blocks are asked for when it is known which are missing.
      var supply = isAllMissing ? shares.of(offset, length) : shares.of(offset, 0);
      var decoder = new FileDecoder(supply);
      var head = new FileHead(decoder.geometry(), supply.segmentHashes());
      var ciphertext = cached(head, file, offset, length, shares);
      if (isAllMissing) {
        ciphertext.startWith(decoder, head.geometry().segmentAt(offset));
      } else {
        shares.close();
      }
      return ciphertext;
    }
    return cached(recent.get(), file, offset, length, shares);
  }

  private static CachedCiphertext cached(
      FileHead head, SegmentCache.OfFile file, long offset, long length, OpenShares shares) {
    return new CachedCiphertext(
        head,
        file,
        head.geometry().segmentAt(offset + Math.max(1, length) - 1),
        (start, bytes) -> new FileDecoder(shares.of(start, bytes)));
  }

  /** What reading the shares takes, and the segment as ciphertext and as plaintext. */
  private static long memory(Geometry geometry) {
    return CloudShares.memoryBytes(geometry) + 2L * geometry.segmentBytes();
  }

  /** Opens the {@code length} bytes of a literal from {@code offset} on. */
  public FileContent open(LiteralCap cap, int offset, int length) {
    byte[] data = cap.data().toByteArray();
    return new FileContent() {
      @Override
      public void writeTo(OutputStream out) throws IOException {
        out.write(data, offset, length);
      }

      @Override
      public void close() {}
    };
  }

  /** A part of a file, and all that is held for it. */
  private static final class SharedContent implements FileContent {
    private final OpenShares shares;
    private final TransferBudget.Share share;
    private final TransferBoard.Transfer shown;
    private Transfer transfer = _ -> {};

    @FunctionalInterface
    private interface Transfer {
      void to(OutputStream out) throws IOException;
    }

    SharedContent(OpenShares shares, TransferBudget.Share share, TransferBoard.Transfer shown) {
      this.shares = shares;
      this.share = share;
      this.shown = shown;
    }

    void start(PlaintextReader reader, long offset, long length) {
      transfer = out -> reader.transfer(offset, length, out);
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      transfer.to(shown.counting(out));
      shown.done();
    }

    @Override
    public void close() {
      try {
        shares.close();
      } finally {
        share.close();
        shown.close();
      }
    }
  }
}
