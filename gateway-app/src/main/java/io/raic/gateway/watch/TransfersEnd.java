package io.raic.gateway.watch;

import io.raic.gateway.file.Downloader;
import io.raic.gateway.file.Uploader;
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

  private final Uploader uploader;
  private final Downloader downloader;
  private final Scheduler scheduler;
  private volatile boolean isRunning;

  /** Will wait for transfers of both. */
  public TransfersEnd(Uploader uploader, Downloader downloader, Scheduler scheduler) {
    this.uploader = uploader;
    this.downloader = downloader;
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
      while (running() > 0 && scheduler.nanoTime() - end < 0) {
        scheduler.sleep(PAUSE);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private long running() {
    return uploader.transfers().running() + downloader.transfers().running();
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
