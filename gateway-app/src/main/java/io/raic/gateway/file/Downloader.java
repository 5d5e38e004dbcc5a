package io.raic.gateway.file;

import io.raic.crypto.capability.LiteralCap;
import io.raic.crypto.capability.ReadCap;
import io.raic.crypto.file.FileDecoder;
import io.raic.crypto.file.PlaintextReader;
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

  /** Of each segment: blocks read ahead, the ciphertext twice, the plaintext. */
  private static final int SEGMENTS_HELD = 3 + 3;

  private final Grid grid;
  private final TransferBudget budget;

  /** Reads out of {@code grid}. */
  public Downloader(Grid grid, TransferBudget budget) {
    this.grid = grid;
    this.budget = budget;
  }

  /**
   * Opens the {@code length} bytes of a file from {@code offset} on. On return the file is known to
   * be there: its hashes are verified.
   *
   * @throws io.raic.gateway.grid.UnrecoverableException if too few good shares can be had
   * @throws BusyException if there are too many transfers
   */
  public FileContent open(ReadCap cap, long offset, long length) throws IOException {
    var share = budget.take(memory(cap));
    var shares = grid.read(cap.verifyCap(), offset, length);
    try {
      var reader = new PlaintextReader(new FileDecoder(shares), cap.key());
      return new SharedContent(cap, reader, shares, share, offset, length);
    } catch (IOException | RuntimeException e) {
      shares.close();
      share.close();
      throw e;
    }
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

  /** The segments of other writers are no longer than ours mostly; their real length comes late. */
  private static long memory(ReadCap cap) {
    long segment = Math.min(cap.size(), 1 << 20);
    return SEGMENTS_HELD * segment;
  }

  private record SharedContent(
      ReadCap cap,
      PlaintextReader reader,
      CloudShares shares,
      TransferBudget.Share share,
      long offset,
      long length)
      implements FileContent {

    @Override
    public void writeTo(OutputStream out) throws IOException {
      reader.transfer(offset, length, out);
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
