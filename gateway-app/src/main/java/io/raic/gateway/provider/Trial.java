package io.raic.gateway.provider;

import io.raic.cloud.BackendException;
import io.raic.cloud.CloudBackend;
import io.raic.cloud.Deadline;
import io.raic.cloud.ObjectKey;
import io.raic.gateway.provider.StepResult.Done;
import io.raic.gateway.provider.StepResult.Failed;
import io.raic.gateway.provider.StepResult.Outcome;
import io.raic.gateway.provider.StepResult.Skipped;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Tries out a provider with all that a gateway asks of one, under keys of its own, and removes what
 * it put there whatever happens.
 */
public final class Trial {
  private static final int RANDOM_BYTES = 8;

  /** Below this name nothing but trials puts anything. */
  private static final String PREFIX = "raic-test/";

  private final LongSupplier nanoClock;
  private final InstantSource clock;

  /**
   * Prepares a trial.
   *
   * @param nanoClock counts nanoseconds
   * @param clock tells the time
   */
  public Trial(LongSupplier nanoClock, InstantSource clock) {
    this.nanoClock = nanoClock;
    this.clock = clock;
  }

  /**
   * Runs all steps, as far as they can be. If the thread is interrupted, no further one begins, and
   * what was put is still removed.
   *
   * @param listener told of each step when it has ended
   * @return the results of all steps
   * @throws IllegalArgumentException if a setting makes no sense
   */
  public List<StepResult> run(ProviderSettings provider, Consumer<StepResult> listener) {
    try (var backend = provider.open()) {
      return run(backend, listener);
    }
  }

  List<StepResult> run(CloudBackend backend, Consumer<StepResult> listener) {
    byte[] random = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(random);
    var steps =
        new TrialSteps(backend, PREFIX + HexFormat.of().formatHex(random) + "/", clock.instant());
    var results = new ArrayList<StepResult>();
    Consumer<StepResult> all =
        result -> {
          results.add(result);
          listener.accept(result);
        };
    try {
      run(steps, all);
    } finally {
      cleanUp(backend, steps.left(), all);
    }
    return results;
  }

  private void run(TrialSteps steps, Consumer<StepResult> all) {
    boolean isFirst = true;
    boolean isReached = true;
    for (var step : steps.all().entrySet()) {
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
      if (!isReached) {
        all.accept(new StepResult(step.getKey(), new Skipped("it was not reached"), Duration.ZERO));
        continue;
      }
      var result = timed(step.getKey(), step.getValue());
      all.accept(result);
      // Every further step would only say the same again, or be waited for.
      isReached = !(isFirst && isAllLost(result));
      isFirst = false;
    }
  }

  /** Who may not do one thing may be allowed another; all else that goes wrong at first goes on. */
  private static boolean isAllLost(StepResult first) {
    return first.outcome() instanceof Failed failed
        && !failed.advice().equals(Diagnosis.PERMISSION);
  }

  private StepResult timed(String step, Supplier<Outcome> body) {
    long start = nanoClock.getAsLong();
    Outcome outcome;
    try {
      outcome = body.get();
    } catch (BackendException e) {
      outcome = new Failed(String.valueOf(e.getMessage()), Diagnosis.of(e), e.canRetryHelp());
    } catch (IllegalStateException e) {
      // A file with a credential that cannot be read, for one.
      outcome = new Failed(String.valueOf(e.getMessage()), "", false);
    }
    return new StepResult(step, outcome, Duration.ofNanos(nanoClock.getAsLong() - start));
  }

  private void cleanUp(CloudBackend backend, List<ObjectKey> left, Consumer<StepResult> all) {
    if (left.isEmpty()) {
      return;
    }
    // Whoever interrupted the steps still wants this one.
    boolean wasInterrupted = Thread.interrupted();
    try {
      all.accept(timed("clean up", () -> remove(backend, left)));
    } finally {
      if (wasInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static Outcome remove(CloudBackend backend, List<ObjectKey> left) {
    var failures = new ArrayList<Failed>();
    for (var key : left) {
      try {
        backend.delete(key, Deadline.in(TrialSteps.STEP));
      } catch (BackendException e) {
        failures.add(
            new Failed(
                String.valueOf(e.getMessage()),
                "remove the object %s by hand, if it is there".formatted(key),
                false));
      }
    }
    return failures.isEmpty() ? new Done("") : failures.getFirst();
  }
}
