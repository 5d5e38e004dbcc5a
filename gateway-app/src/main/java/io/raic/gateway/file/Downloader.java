package io.raic.gateway.file;

import io.raic.crypto.capability.LiteralCap;
import io.raic.crypto.capability.ReadCap;
import io.raic.crypto.file.FileDecoder;
import io.raic.crypto.file.PlaintextReader;
import io.raic.crypto.share.Geometry;
import io.raic.gateway.grid.BusyException;
import io.raic.gateway.grid.CloudShares;
import io.raic.gateway.grid.Grid;
import io.raic.gateway.grid.TransferBudget;
import java.io.IOException;
import java.io.OutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads files, whole or in part. For any number of threads. */
public final class Downloader {
  private static final Logger LOG = LoggerFactory.getLogger(Downloader.class);

  private final Grid grid;
  private final TransferBudget budget;

  /** Reads out of {@code grid}. */
  public Downloader(Grid grid, TransferBudget budget) {
    this.grid = grid;
    this.budget = budget;
  }

  /**
   * Opens the {@code length} bytes of a file from {@code offset} on. On return a good share of it
   * was found, and nothing is read yet.
   *
   * @throws io.raic.gateway.grid.UnrecoverableException if no good share can be had
   * @throws BusyException if there are too many transfers
   */
  public FileContent open(ReadCap cap, long offset, long length) throws IOException {
    var share = budget.take(memory(grid.usualGeometry(cap.verifyCap())));
    var content = new SharedContent(cap, grid.read(cap.verifyCap(), offset, length), share);
    boolean opened = false;
    try {
      var ciphertext = new FileDecoder(content.shares);
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
    private final ReadCap cap;
    private final CloudShares shares;
    private final TransferBudget.Share share;
    private Transfer transfer = _ -> {};

    @FunctionalInterface
    private interface Transfer {
      void to(OutputStream out) throws IOException;
    }

    SharedContent(ReadCap cap, CloudShares shares, TransferBudget.Share share) {
      this.cap = cap;
      this.shares = shares;
      this.share = share;
    }

    void start(PlaintextReader reader, long offset, long length) {
      transfer = out -> reader.transfer(offset, length, out);
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      transfer.to(out);
    }

    @Override
    public void close() {
      shares.close();
      share.close();
      for (String problem : shares.problems()) {
        LOG.warn("{}: {}", cap, problem);
      }
    }
  }
}
