package io.raic.gateway.catalog;

import io.raic.gateway.grid.BusyException;
import io.raic.gateway.grid.TransferBudget;
import io.raic.gateway.repair.Repairer;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks the files that nobody has checked for long, longest ago first, so many an hour, and only
 * while transfers leave at least half of their memory free. What it finds is in the catalog,
 * because that hears of every check.
 *
 * <p>For one thread.
 */
public final class Checker {
  /** How long to pause between two runs. */
  public static final Duration PAUSE = Duration.ofMinutes(1);

  private static final int RUNS_PER_HOUR = 60;
  private static final Logger LOG = LoggerFactory.getLogger(Checker.class);

  private final Catalog catalog;
  private final Repairer repairer;
  private final TransferBudget budget;
  private final Duration every;
  private final int perRun;
  private final InstantSource clock;
  private Optional<CatalogFile> last = Optional.empty();

  /**
   * Prepares to check.
   *
   * @param every a file that was checked within this time is left alone
   * @param perHour the most files to check in an hour, about
   */
  public Checker(
      Catalog catalog,
      Repairer repairer,
      TransferBudget budget,
      Duration every,
      int perHour,
      InstantSource clock) {
    this.catalog = catalog;
    this.repairer = repairer;
    this.budget = budget;
    this.every = every;
    this.perRun = Math.clamp(Math.ceilDiv(perHour, RUNS_PER_HOUR), 1, Catalog.MAX_PAGE);
    this.clock = clock;
  }

  /** Checks what a run may. A file that cannot be checked does not keep others from it. */
  public void run(BooleanSupplier isEnding) {
    var due = clock.instant().minus(every);
    var page = catalog.uncheckedSince(due, last, perRun);
    if (page.isEmpty() && last.isPresent()) {
      last = Optional.empty();
      page = catalog.uncheckedSince(due, last, perRun);
    }
    check(page, isEnding);
  }

  private void check(List<CatalogFile> page, BooleanSupplier isEnding) {
    for (var file : page) {
      if (isEnding.getAsBoolean() || Thread.currentThread().isInterrupted()) {
        return;
      }
      if (!budget.isAtLeisure()) {
        return;
      }
      try {
        var _ = repairer.check(file.cap(), false);
      } catch (BusyException _) {
        // Users come first.
        return;
      } catch (IOException | RuntimeException e) {
        LOG.warn("{}: could not be checked: {}", file.cap(), e.getMessage());
      }
      last = Optional.of(file);
    }
  }
}
