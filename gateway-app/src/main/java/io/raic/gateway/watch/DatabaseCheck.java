package io.raic.gateway.watch;

import io.raic.gateway.schedule.Scheduler;
import io.raic.gateway.state.Database;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Whether the database answers, asked once at a time and waited for briefly: those who probe give
 * up soon, and come again. For any thread.
 */
public final class DatabaseCheck implements BooleanSupplier {
  private static final Duration PATIENCE = Duration.ofMillis(800);

  private final Database database;
  private final OneQuestion asking;
  private volatile boolean works = true;

  /** Will ask {@code database}. */
  public DatabaseCheck(Database database, Scheduler scheduler) {
    this.database = database;
    this.asking = new OneQuestion("database-check", this::ask, scheduler);
  }

  @Override
  public boolean getAsBoolean() {
    try {
      return asking.isAnsweredIn(PATIENCE) && works;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void ask() {
    works = database.works(PATIENCE);
  }
}
