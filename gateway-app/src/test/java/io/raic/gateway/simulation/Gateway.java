package io.raic.gateway.simulation;

import io.raic.cloud.CloudBackend;
import io.raic.crypto.bytes.Secret;
import io.raic.crypto.capability.ReadCap;
import io.raic.crypto.capability.VerifyCap;
import io.raic.gateway.file.Downloader;
import io.raic.gateway.file.FileContent;
import io.raic.gateway.file.Uploader;
import io.raic.gateway.grid.BusyException;
import io.raic.gateway.grid.Grid;
import io.raic.gateway.grid.Limits;
import io.raic.gateway.grid.Store;
import io.raic.gateway.grid.TransferBudget;
import io.raic.gateway.repair.Health;
import io.raic.gateway.repair.Mender;
import io.raic.gateway.repair.Repairer;
import io.raic.gateway.schedule.Scheduler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** The engine, put together as the application does it. */
final class Gateway implements Engine {
  static final Limits LIMITS = Limits.DEFAULT;

  /** How long a transfer waits for memory. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Duration SWEEP_PAUSE = Duration.ofMinutes(1);
  private static final Duration MEND_PAUSE = Duration.ofMinutes(1);
  private static final int SPOOL_MEMORY_BYTES = 16 << 10;

  private final Grid grid;
  private final TransferBudget budget;
  private final long budgetBytes;
  private final Uploader uploader;
  private final Downloader downloader;
  private final Repairer repairer;
  private final Mender mender;

  Gateway(
      Scenario scenario,
      List<CloudBackend> backends,
      Path directory,
      Scheduler scheduler,
      SeededKeys keys)
      throws IOException {
    var stores = new ArrayList<Store>();
    for (int i = 0; i < backends.size(); i++) {
      stores.add(new Store(scenario.operators().get(i), backends.get(i)));
    }
    this.grid =
        new Grid(
            stores,
            scenario.rules(),
            LIMITS,
            scenario.encoding().maxSegmentBytes(),
            directory.resolve("leftovers"),
            scheduler);
    this.budgetBytes = scenario.budgetBytes();
    this.budget = new TransferBudget(budgetBytes, PATIENCE, scheduler);
    this.uploader =
        new Uploader(
            grid,
            scenario.encoding(),
            Secret.copyOf(new byte[32]),
            directory.resolve("tmp"),
            SPOOL_MEMORY_BYTES,
            budget,
            keys);
    this.downloader = new Downloader(grid, budget);
    this.repairer = new Repairer(grid, budget);
    this.mender = new Mender(grid, repairer, budget, scheduler);
    grid.sweepEvery(SWEEP_PAUSE);
    mender.mendEvery(MEND_PAUSE);
  }

  @Override
  public Uploader.Stored upload(InputStream plaintext, OptionalLong length, boolean randomKey)
      throws IOException {
    return uploader.upload(plaintext, length, randomKey);
  }

  @Override
  public void download(ReadCap cap, long offset, long length, OutputStream out) throws IOException {
    try (var content = open(cap, offset, length)) {
      content.writeTo(out);
    }
  }

  FileContent open(ReadCap cap, long offset, long length) throws IOException {
    return downloader.open(cap, offset, length);
  }

  @Override
  public Health check(VerifyCap cap, boolean verify) throws IOException {
    return repairer.check(cap, verify);
  }

  @Override
  public Repairer.Repair repair(VerifyCap cap, boolean verify) throws IOException {
    return repairer.repair(cap, verify);
  }

  @Override
  public int sweep() throws IOException {
    return grid.sweep();
  }

  @Override
  public List<String> leftovers() {
    return grid.leftovers();
  }

  @Override
  public boolean misses(VerifyCap cap) {
    return grid.shortfalls().stream().anyMatch(shortfall -> shortfall.cap().equals(cap));
  }

  @Override
  public boolean isIdle() {
    try (var _ = budget.take(budgetBytes)) {
      return true;
    } catch (BusyException _) {
      return false;
    }
  }

  @Override
  public void close() {
    mender.close();
    grid.close();
  }
}
