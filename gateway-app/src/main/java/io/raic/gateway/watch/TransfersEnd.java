package io.raic.gateway.watch;

import io.raic.gateway.file.TransferBoard;
import io.raic.gateway.schedule.Scheduler;
import java.time.Duration;
import org.springframework.context.SmartLifecycle;

/**
 * Waits, when all connections are closed, until the last transfers have noticed and taken back what
 * they made, before the stores are closed under them. What has not ended by then is on the list of
 * what the next gateway removes.
 */
public final class TransfersEnd implements SmartLifecycle {
  /** After the server, which stops just below this. */
  private static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 3 * 1024;

  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofMillis(10);

  private final TransferBoard transfers;
  private final Scheduler scheduler;
  private volatile boolean isRunning;

  /** Will wait for {@code transfers}. */
  public TransfersEnd(TransferBoard transfers, Scheduler scheduler) {
    this.transfers = transfers;
    this.scheduler = scheduler;
  }

  @Override
  public void start() {
    isRunning = true;
  }

  @Override
  public void stop() {
    isRunning = false;
    long end = scheduler.nanoTime() + LIMIT.toNanos();
    try {
      while (!transfers.running().isEmpty() && scheduler.nanoTime() - end < 0) {
        scheduler.sleep(PAUSE);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return isRunning;
  }

  @Override
  public int getPhase() {
    return PHASE;
  }
}
