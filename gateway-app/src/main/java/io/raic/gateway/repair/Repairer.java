package io.raic.gateway.repair;

import io.raic.crypto.capability.VerifyCap;
import io.raic.crypto.file.Ciphertext;
import io.raic.crypto.file.FileDecoder;
import io.raic.crypto.file.FileEncoder;
import io.raic.crypto.share.Geometry;
import io.raic.crypto.share.ShareLayout;
import io.raic.crypto.share.UriExtension;
import io.raic.gateway.grid.CloudShares;
import io.raic.gateway.grid.Grid;
import io.raic.gateway.grid.Holdings;
import io.raic.gateway.grid.TransferBudget;
import io.raic.gateway.grid.UnhappyException;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks files, and makes missing and bad shares again, byte for byte, out of any good ones that
 * are enough: with the verify cap, so that whoever repairs cannot read. Format §9, §22.2.
 *
 * <p>For any number of threads.
 */
public final class Repairer {
  private static final Logger LOG = LoggerFactory.getLogger(Repairer.class);

  private final Grid grid;
  private final TransferBudget budget;
  private final RepairCounts counts = new RepairCounts();

  /**
   * What a repair did.
   *
   * @param before how the file was
   * @param attempted whether there was anything to do
   * @param after how the file is now
   * @param failures what could not be done, and why
   */
  public record Repair(Health before, boolean attempted, Health after, List<String> failures) {
    /** Says whether the file is whole again. */
    public boolean successful() {
      return attempted && after.healthy();
    }
  }

  /** Works on {@code grid}. */
  public Repairer(Grid grid, TransferBudget budget) {
    this.grid = grid;
    this.budget = budget;
  }

  /**
   * Looks at every share that the stores have of a file.
   *
   * @param verify whether to read every byte of them
   */
  public Health check(VerifyCap cap, boolean verify) throws IOException {
    try (var _ = budget.take(checkMemory(cap, verify))) {
      return new Health(cap, grid.inspect(cap, verify));
    }
  }

  /** All shares are looked at at once: of each a block, and what proves it. */
  private long checkMemory(VerifyCap cap, boolean verify) {
    var geometry = grid.usualGeometry(cap);
    long blocks = verify ? (long) geometry.blockBytes(0) * cap.total() : 0;
    return blocks + CloudShares.memoryBytes(geometry) / cap.needed() * cap.total();
  }

  /**
   * Checks a file and stores every share that is missing or bad.
   *
   * @param verify whether to read every byte of what is there
   */
  public Repair repair(VerifyCap cap, boolean verify) throws IOException {
    return repair(cap, verify, (_, _) -> {});
  }

  /** Hears how far shares are made again. */
  @FunctionalInterface
  public interface Progress {
    /** So many of the file's segments were read. */
    void read(int segments, int total);
  }

  /** As {@link #repair(VerifyCap, boolean)}, and tells {@code progress} how far it is. */
  public Repair repair(VerifyCap cap, boolean verify, Progress progress) throws IOException {
    var outcome = RepairCounts.Outcome.FAILED;
    try {
      var repair = repairNow(cap, verify, progress);
      outcome = outcome(repair);
      return repair;
    } finally {
      counts.add(outcome);
    }
  }

  private static RepairCounts.Outcome outcome(Repair repair) {
    if (!repair.attempted()) {
      return RepairCounts.Outcome.HEALTHY;
    }
    return repair.successful() ? RepairCounts.Outcome.REPAIRED : RepairCounts.Outcome.INCOMPLETE;
  }

  /** Returns what became of all repairs. */
  public RepairCounts counts() {
    return counts;
  }

  private Repair repairNow(VerifyCap cap, boolean verify, Progress progress) throws IOException {
    var before = check(cap, verify);
    if (before.healthy()) {
      return new Repair(before, false, before, List.of());
    }
    if (!before.recoverable()) {
      return new Repair(before, true, before, List.of(before.summary()));
    }
    try (var shares = grid.read(cap, 0, cap.size())) {
      var extension = shares.extension();
      if (!FileEncoder.canEncode(extension.geometry())) {
        return new Repair(before, true, before, List.of("the file is too large to encode here"));
      }
      try (var memory = budget.take(memory(extension.geometry()))) {
        return restore(before, shares, extension, memory, progress);
      }
    } catch (UnhappyException e) {
      return new Repair(before, true, before, e.failures());
    }
  }

  private long memory(Geometry geometry) {
    return CloudShares.memoryBytes(geometry)
        + FileEncoder.memoryBytes(geometry)
        + grid.uploadMemoryBytes(geometry);
  }

  private Repair restore(
      Health before,
      CloudShares shares,
      UriExtension extension,
      TransferBudget.Share memory,
      Progress progress)
      throws IOException {
    var cap = before.cap();
    var geometry = extension.geometry();
    var layout = ShareLayout.of(geometry, before.inspection().layoutVersion(geometry));
    long shareBytes = layout.shareBytes(extension.raw().length());
    try (var uploads = grid.restore(cap, missing(before), before.inspection(), shareBytes)) {
      new FileEncoder(geometry, layout, uploads.sinks())
          .encodeAgain(new Watched(new FileDecoder(shares), progress), extension);
      Holdings durable = grid.commit(uploads, cap, memory);
      grid.removeChunks(before.inspection(), durable);
      var after = new Health(cap, before.inspection().after(durable));
      LOG.info("repaired {}: {}", cap, after.summary());
      return new Repair(before, true, after, uploads.failures());
    }
  }

  /** A ciphertext that tells how far it was read. */
  private record Watched(Ciphertext all, Progress progress) implements Ciphertext {
    @Override
    public Geometry geometry() {
      return all.geometry();
    }

    @Override
    public void read(int segment, byte[] target) throws IOException {
      all.read(segment, target);
      progress.read(segment + 1, all.geometry().segments());
    }
  }

  private static Set<Integer> missing(Health health) {
    var good = health.good();
    return IntStream.range(0, health.cap().total())
        .filter(share -> good.of(share).isEmpty())
        .boxed()
        .collect(Collectors.toSet());
  }
}
