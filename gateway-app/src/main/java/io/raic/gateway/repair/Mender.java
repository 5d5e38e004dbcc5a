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
  private static final Duration LONGEST_PAUSE = Duration.ofHours(6);

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

  /** Starts to {@link #mend} now and then, until this is closed; less often while it is no use. */
  public void mendEvery(Duration pause) {
    strand = scheduler.start("mender", () -> mendUntilInterrupted(pause));
  }

  private void mendUntilInterrupted(Duration usual) {
    var pause = usual;
    try {
      while (true) {
        scheduler.sleep(pause);
        int before = grid.shortfalls().size();
        int after = mend();
        if (after > 0) {
          LOG.warn("{} files have fewer shares than they should", after);
        }
        boolean isNoUse = after > 0 && after >= before;
        var longer = pause.multipliedBy(2);
        pause = isNoUse ? (longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE) : usual;
      }
    } catch (InterruptedException _) {
      // Closed.
    }
  }

  /**
   * Goes through the list once; what cannot be mended now stays on it.
   *
   * @return how many files are still on the list
   */
  public int mend() throws InterruptedException {
    var list = grid.shortfalls();
    if (!list.isEmpty()) {
      var failing = grid.probe().keySet();
      for (var shortfall : list) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        if (!budget.isAtLeisure()) {
          break;
        }
        if (isTimely(shortfall, failing)) {
          mend(shortfall);
        }
      }
    }
    return grid.shortfalls().size();
  }

  private boolean isTimely(Shortfall shortfall, Collection<String> failing) {
    return !grid.isBusy(shortfall.cap().storageIndex())
        && shortfall.stores().stream().noneMatch(Set.copyOf(failing)::contains);
  }

  private void mend(Shortfall shortfall) {
    var cap = shortfall.cap();
    try {
      var repair = repairer.repair(cap, false);
      if (repair.after().healthy()) {
        grid.isWhole(cap.storageIndex());
      } else {
        LOG.warn("{}: {}: {}", cap, repair.after().summary(), String.join("; ", repair.failures()));
      }
    } catch (BusyException _) {
      // Users come first.
    } catch (IOException | RuntimeException e) {
      LOG.warn("{}: could not be mended: {}", cap, e.getMessage());
    }
  }

  @Override
  public void close() {
    strand.interrupt();
  }
}
