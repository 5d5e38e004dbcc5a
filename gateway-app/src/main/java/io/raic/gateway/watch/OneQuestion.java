package io.raic.gateway.watch;

import io.raic.gateway.schedule.Scheduler;
import io.raic.gateway.schedule.Strand;
import java.time.Duration;
import java.util.Optional;

/**
 * Something that may take long, done on a strand of its own, once at a time, however many want it.
 * For any thread.
 */
final class OneQuestion {
  private final String name;
  private final Runnable question;
  private final Scheduler scheduler;
  private Optional<Strand> asking = Optional.empty();

  /** Will do {@code question} on strands called {@code name}. */
  OneQuestion(String name, Runnable question, Scheduler scheduler) {
    this.name = name;
    this.question = question;
    this.scheduler = scheduler;
  }

  /** Begins it, unless it goes on, and says whether it ended within {@code patience}. */
  boolean isAnsweredIn(Duration patience) throws InterruptedException {
    return strand().join(patience);
  }

  private synchronized Strand strand() throws InterruptedException {
    boolean isAsking = asking.isPresent() && !asking.get().join(Duration.ZERO);
    var strand = isAsking ? asking.get() : scheduler.start(name, question);
    asking = Optional.of(strand);
    return strand;
  }
}
