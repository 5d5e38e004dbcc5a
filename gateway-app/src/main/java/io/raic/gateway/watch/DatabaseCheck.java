package io.raic.gateway.watch;

import io.raic.gateway.schedule.Scheduler;
import io.raic.gateway.schedule.Strand;
import io.raic.gateway.state.Database;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Whether the database answers, asked once at a time and waited for briefly: those who probe give
 * up soon, and come again. For any thread.
 */
public final class DatabaseCheck implements BooleanSupplier {
  private static final Duration PATIENCE = Duration.ofMillis(800);

  private final Database database;
  private final Scheduler scheduler;
  private Optional<Strand> asking = Optional.empty();
  private volatile boolean works = true;

  /** Will ask {@code database}. */
  public DatabaseCheck(Database database, Scheduler scheduler) {
    this.database = database;
    this.scheduler = scheduler;
  }

  @Override
  public boolean getAsBoolean() {
    try {
      return question().join(PATIENCE) && works;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private synchronized Strand question() throws InterruptedException {
    boolean isAsking = asking.isPresent() && !asking.get().join(Duration.ZERO);
    var strand = isAsking ? asking.get() : scheduler.start("database-check", this::ask);
    asking = Optional.of(strand);
    return strand;
  }

  private void ask() {
    works = database.works(PATIENCE);
  }
}
