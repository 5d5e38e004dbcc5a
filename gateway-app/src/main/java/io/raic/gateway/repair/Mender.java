package io.raic.gateway.repair;

import io.raic.gateway.grid.BusyException;
import io.raic.gateway.grid.Grid;
import io.raic.gateway.grid.Shortfall;
import io.raic.gateway.grid.TransferBudget;
import io.raic.gateway.schedule.Scheduler;
import io.raic.gateway.schedule.Strand;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores the shares that are missing of files that were acknowledged without them: one file at a
 * time, only while transfers leave at least half of their memory free, and only once the stores
 * that did not take their shares work again.
 *
 * <p>For any number of threads; {@link #mendEvery} for one call.
 */
public final class Mender implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Mender.class);

  private final Grid grid;
  private final Repairer repairer;
  private final TransferBudget budget;
  private final Scheduler scheduler;
  private volatile Strand strand = new NoStrand();

  /** There is none yet. */
  private record NoStrand() implements Strand {
    @Override
    public void interrupt() {}

    @Override
    public boolean join(Duration limit) {
      return true;
    }
  }

  /** Mends files of {@code grid}. */
  public Mender(Grid grid, Repairer repairer, TransferBudget budget, Scheduler scheduler) {
    this.grid = grid;
    this.repairer = repairer;
    this.budget = budget;
    this.scheduler = scheduler;
  }

  /**
   * Starts to go through the list now and then, until this is closed. A file that cannot be mended
   * is tried less often each time; others do not wait for it.
   */
  public void mendEvery(Duration pause) {
    strand = scheduler.start("mender", () -> mendUntilInterrupted(pause));
  }

  private void mendUntilInterrupted(Duration pause) {
    var delays = new Delays(pause, scheduler);
    int told = 0;
    try {
      while (true) {
        scheduler.sleep(pause);
        int left = mend(delays);
        if (left > 0 && left != told) {
          LOG.warn("{} files have fewer shares than they should", left);
        }
        told = left;
      }
    } catch (InterruptedException _) {
      // Closed.
    }
  }

  /**
   * Goes through the whole list once; what cannot be mended now stays on it.
   *
   * @return how many files are still on the list
   */
  public int mend() throws InterruptedException {
    return mend(new Delays(Duration.ZERO, scheduler));
  }

  private int mend(Delays delays) throws InterruptedException {
    var all = grid.shortfalls();
    delays.keepOnly(all);
    var list = all.stream().filter(delays::isDue).toList();
    if (!list.isEmpty()) {
      var failing = grid.probe().keySet();
      for (var shortfall : list) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        if (!budget.isAtLeisure()) {
          break;
        }
        if (isTimely(shortfall, failing) && !mend(shortfall)) {
          delays.delay(shortfall);
        }
      }
    }
    return grid.shortfalls().size();
  }

  private boolean isTimely(Shortfall shortfall, Collection<String> failing) {
    return !grid.isBusy(shortfall.cap().storageIndex())
        && shortfall.stores().stream().noneMatch(Set.copyOf(failing)::contains);
  }

  /** Says whether it need not be tried less often. */
  private boolean mend(Shortfall shortfall) {
    var cap = shortfall.cap();
    try {
      var repair = repairer.repair(cap, false);
      var health = repair.after();
      if (health.healthy()) {
        grid.isWhole(cap.storageIndex());
        return true;
      }
      LOG.warn("{}: {}: {}", cap, health.summary(), String.join("; ", repair.failures()));
      if (isLost(health)) {
        LOG.warn("{}: all stores answered, and it cannot be mended: given up", cap);
        grid.giveUp(cap.storageIndex());
        return true;
      }
    } catch (BusyException _) {
      // Users come first.
      return true;
    } catch (IOException | RuntimeException e) {
      LOG.warn("{}: could not be mended: {}", cap, e.getMessage());
    }
    return false;
  }

  private boolean isLost(Health health) {
    return !health.recoverable()
        && health.inspection().failures().isEmpty()
        && health.inspection().responding().size() == grid.storeIds().size();
  }

  @Override
  public void close() {
    strand.interrupt();
  }
}
