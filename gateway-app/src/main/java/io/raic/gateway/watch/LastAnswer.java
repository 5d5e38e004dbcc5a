package io.raic.gateway.watch;

import io.raic.gateway.schedule.Scheduler;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a database says, asked once at a time and waited for briefly, so that one that is down keeps
 * nobody waiting. An answer stands for {@link #FRESH}, and for {@link #KEPT} while the next one
 * takes long; none is left of a question that failed.
 *
 * <p>For any thread.
 *
 * @param <T> the answer
 */
final class LastAnswer<T> implements Supplier<Optional<T>> {
  static final Duration PATIENCE = Duration.ofMillis(500);
  static final Duration FRESH = Duration.ofSeconds(2);
  static final Duration KEPT = Duration.ofMinutes(1);

  private final Supplier<Optional<T>> question;
  private final Scheduler scheduler;
  private final OneQuestion asking;
  private volatile Optional<Answer<T>> last = Optional.empty();

  private record Answer<T>(T words, long nanos) {
    boolean isYoungerThan(Duration age, long now) {
      return now - nanos < age.toNanos();
    }
  }

  /**
   * Will ask {@code question}.
   *
   * @param name of the strand that waits for the answer
   * @param question empty if there is nobody to ask; it may take long, or throw
   */
  LastAnswer(String name, Supplier<Optional<T>> question, Scheduler scheduler) {
    this.question = question;
    this.scheduler = scheduler;
    this.asking = new OneQuestion(name, this::ask, scheduler);
  }

  /** Returns the answer; empty if there is none now. */
  @Override
  public Optional<T> get() {
    try {
      if (last.filter(a -> a.isYoungerThan(FRESH, scheduler.nanoTime())).isEmpty()) {
        // Whether that was in time, the last answer shows.
        var _ = asking.isAnsweredIn(PATIENCE);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return last.filter(a -> a.isYoungerThan(KEPT, scheduler.nanoTime())).map(Answer::words);
  }

  private void ask() {
    Optional<T> words = Optional.empty();
    try {
      words = question.get();
    } catch (RuntimeException _) {
      // Whether the database works is a metric of its own, and what it says may show a statement.
    }
    last = words.map(w -> new Answer<>(w, scheduler.nanoTime()));
  }
}
