package io.raic.gateway.repair;

import io.raic.crypto.capability.VerifyCap;
import io.raic.crypto.file.FileDecoder;
import io.raic.crypto.file.FileEncoder;
import io.raic.crypto.share.ShareLayout;
import io.raic.gateway.grid.Grid;
import io.raic.gateway.grid.Holdings;
import io.raic.gateway.grid.TransferBudget;
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

  /** What is held of each segment: blocks read ahead, the ciphertext, queues to the stores. */
  private static final int SEGMENTS_HELD = 14;

  private final Grid grid;
  private final TransferBudget budget;

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
    try (var _ = budget.take(verify ? segment(cap) : 0)) {
      return new Health(cap, grid.inspect(cap, verify));
    }
  }

  /**
   * Checks a file and stores every share that is missing or bad.
   *
   * @param verify whether to read every byte of what is there
   */
  public Repair repair(VerifyCap cap, boolean verify) throws IOException {
    var before = check(cap, verify);
    if (before.healthy()) {
      return new Repair(before, false, before, List.of());
    }
    if (!before.recoverable()) {
      return new Repair(before, true, before, List.of(before.summary()));
    }
    try (var _ = budget.take(SEGMENTS_HELD * segment(cap))) {
      return restore(before);
    }
  }

  private Repair restore(Health before) throws IOException {
    var cap = before.cap();
    try (var shares = grid.read(cap, 0, cap.size())) {
      var ciphertext = new FileDecoder(shares);
      var extension = shares.extension();
      var layout = ShareLayout.of(extension.geometry(), shares.layoutVersion());
      long shareBytes = layout.shareBytes(extension.raw().length());
      try (var uploads = grid.restore(cap, missing(before), before.inspection(), shareBytes)) {
        new FileEncoder(extension.geometry(), layout, uploads.sinks())
            .encodeAgain(ciphertext, extension);
        Holdings durable = grid.commit(uploads);
        var after = new Health(cap, before.inspection().after(durable));
        LOG.info("repaired {}: {}", cap, after.summary());
        return new Repair(before, true, after, uploads.failures());
      }
    }
  }

  private static Set<Integer> missing(Health health) {
    var good = health.good();
    return IntStream.range(0, health.cap().total())
        .filter(share -> good.of(share).isEmpty())
        .boxed()
        .collect(Collectors.toSet());
  }

  private static long segment(VerifyCap cap) {
    return Math.min(cap.size(), 1 << 20);
  }
}
