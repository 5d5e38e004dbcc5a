package io.raic.gateway.file;

import io.raic.crypto.capability.ReadCap;
import io.raic.gateway.grid.CloudShares;
import io.raic.gateway.grid.Grid;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The shares that a download reads, of one part of the file at a time; says in the log what was
 * wrong with them.
 *
 * <p>For one thread at a time.
 */
final class OpenShares implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OpenShares.class);

  private final Grid grid;
  private final ReadCap cap;
  private Optional<CloudShares> current = Optional.empty();

  OpenShares(Grid grid, ReadCap cap) {
    this.grid = grid;
    this.cap = cap;
  }

  /** Opens {@code length} bytes from {@code offset} on; what was open is closed. */
  CloudShares of(long offset, long length) {
    close();
    var opened = grid.read(cap.verifyCap(), offset, length);
    current = Optional.of(opened);
    return opened;
  }

  @Override
  public void close() {
    current.ifPresent(shares -> {
      shares.close();
      for (String problem : shares.problems()) {
        LOG.warn("{}: {}", cap, problem);
      }
    });
    current = Optional.empty();
  }
}
