package io.raic.cloud.resilience;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.raic.cloud.BackendException;
import io.raic.cloud.Request;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Keeps calls of one kind away from a provider that is broken.
 *
 * <p>The window, its rates and the half-open state are those of resilience4j. Around them this
 * keeps two rules that it does not have. <b>Callers never decide</b> about an open circuit: they
 * pass while it is closed only, and a call that outlives the closed period it began in says nothing
 * any more; what closes a circuit is a canary. And <b>silence opens at once</b>: an error comes
 * quickly and a window of them costs little, but each call that waits in vain costs its caller a
 * deadline, so the first one is enough, and a canary tells soon if that was a mistake.
 *
 * <p>For any thread; {@link #pass} takes no lock.
 */
final class Circuit {
  /** How many changes are remembered. */
  static final int MAX_TRANSITIONS = 50;

  private static final int MAX_REASON_CHARACTERS = 300;

  /**
   * How it stands.
   *
   * @param period counts the changes, so that a call knows whether it is still the same
   */
  record Status(CircuitState state, long period, Instant since, String reason) {}

  private final Kind kind;
  private final CircuitPolicy policy;
  private final Clock clock;
  private final Consumer<Transition> heard;
  private final CircuitBreaker breaker;
  private final ArrayDeque<Transition> transitions = new ArrayDeque<>();
  private volatile Status status;

  Circuit(
      String provider, Kind kind, CircuitPolicy policy, Clock clock, Consumer<Transition> heard) {
    this.kind = kind;
    this.policy = policy;
    this.clock = clock;
    this.heard = heard;
    this.breaker = CircuitBreaker.of(provider + "." + kind, config(policy, clock));
    this.status = new Status(CircuitState.CLOSED, 0, clock.instant(), "at the start");
  }

  private static CircuitBreakerConfig config(CircuitPolicy policy, Clock clock) {
    return CircuitBreakerConfig.custom()
        .slidingWindow(
            (int) policy.window().toSeconds(), policy.minimumCalls(), SlidingWindowType.TIME_BASED)
        .failureRateThreshold(policy.failurePercent())
        .slowCallRateThreshold(policy.slowPercent())
        .slowCallDurationThreshold(policy.slowCall())
        .permittedNumberOfCallsInHalfOpenState(1)
        .clock(clock)
        .build();
  }

  Kind kind() {
    return kind;
  }

  Status status() {
    return status;
  }

  CircuitState state() {
    return status.state();
  }

  synchronized List<Transition> transitions() {
    return List.copyOf(transitions);
  }

  /**
   * Lets a call pass.
   *
   * @return the period it belongs to
   * @throws BackendException.Unavailable if the circuit is not closed; says since when, and why
   */
  long pass(Request request) {
    var now = status;
    if (now.state() != CircuitState.CLOSED) {
      throw new BackendException.Unavailable(
          request,
          "not asked, the circuit for %s is open since %s: %s"
              .formatted(words(), now.since().truncatedTo(ChronoUnit.SECONDS), now.reason()));
    }
    return now.period();
  }

  private String words() {
    return switch (kind) {
      case READ -> "reading";
      case WRITE -> "writing";
    };
  }

  /** Notes a call of {@code period} that was answered. */
  synchronized void answered(long period, Duration took) {
    if (isClosedSince(period)) {
      breaker.onSuccess(took.toNanos(), TimeUnit.NANOSECONDS);
      follow("");
    }
  }

  /** Notes a call of {@code period} that failed, quickly or after having been answered. */
  synchronized void failed(long period, Duration took, BackendException error) {
    if (isClosedSince(period)) {
      breaker.onError(took.toNanos(), TimeUnit.NANOSECONDS, error);
      follow(": " + error.getMessage());
    }
  }

  /** Notes that a call of {@code period} had no answer though it waited long for one. */
  synchronized void silent(long period, String reason) {
    if (isClosedSince(period)) {
      breaker.transitionToOpenState();
      move(CircuitState.OPEN, reason);
    }
  }

  private boolean isClosedSince(long period) {
    return status.state() == CircuitState.CLOSED && status.period() == period;
  }

  /** Follows the breaker, which may have opened. */
  private void follow(String last) {
    if (breaker.getState() == CircuitBreaker.State.OPEN) {
      var metrics = breaker.getMetrics();
      int calls = metrics.getNumberOfBufferedCalls();
      boolean failed = metrics.getFailureRate() >= policy.failurePercent();
      move(
          CircuitState.OPEN,
          failed
              ? "%d of %d calls failed within %d s%s"
                  .formatted(
                      metrics.getNumberOfFailedCalls(), calls, policy.window().toSeconds(), last)
              : "%d of %d calls within %d s took longer than %d ms"
                  .formatted(
                      metrics.getNumberOfSlowCalls(),
                      calls,
                      policy.window().toSeconds(),
                      policy.slowCall().toMillis()));
    }
  }

  /** Returns the period in which a canary decides; empty if the circuit is not open. */
  synchronized OptionalLong halfOpen() {
    if (status.state() != CircuitState.OPEN) {
      return OptionalLong.empty();
    }
    breaker.transitionToHalfOpenState();
    if (!breaker.tryAcquirePermission()) {
      throw new IllegalStateException("a half-open circuit without a permit");
    }
    // What people are told stays: since when, and why.
    status =
        new Status(CircuitState.HALF_OPEN, status.period() + 1, status.since(), status.reason());
    return OptionalLong.of(status.period());
  }

  /** Takes the word of a canary of {@code period} that all is well. */
  synchronized void recovered(long period, Duration took) {
    if (status.state() == CircuitState.HALF_OPEN && status.period() == period) {
      breaker.onSuccess(took.toNanos(), TimeUnit.NANOSECONDS);
      if (breaker.getState() == CircuitBreaker.State.CLOSED) {
        move(CircuitState.CLOSED, "a canary came back in %d ms".formatted(took.toMillis()));
      } else {
        stayOpen("a canary took %d ms".formatted(took.toMillis()));
      }
    }
  }

  /** Takes the word of a canary of {@code period} that it is still broken. */
  synchronized void stillBroken(long period, BackendException error) {
    if (status.state() == CircuitState.HALF_OPEN && status.period() == period) {
      breaker.onError(0, TimeUnit.NANOSECONDS, error);
      stayOpen(String.valueOf(error.getMessage()));
    }
  }

  /** Nobody has to be told again that what is open is open, only why it still is. */
  private void stayOpen(String reason) {
    status = new Status(CircuitState.OPEN, status.period() + 1, status.since(), shortened(reason));
  }

  /** Opens it until it is reset. */
  synchronized void forceOpen(String reason) {
    breaker.transitionToForcedOpenState();
    move(CircuitState.FORCED_OPEN, reason);
  }

  /** Closes it and forgets what was counted. */
  synchronized void reset() {
    breaker.reset();
    if (status.state() == CircuitState.CLOSED) {
      status =
          new Status(CircuitState.CLOSED, status.period() + 1, status.since(), status.reason());
    } else {
      move(CircuitState.CLOSED, "reset");
    }
  }

  private void move(CircuitState to, String reason) {
    var transition = new Transition(kind, status.state(), to, clock.instant(), shortened(reason));
    status = new Status(to, status.period() + 1, transition.at(), transition.reason());
    if (transitions.size() == MAX_TRANSITIONS) {
      transitions.removeFirst();
    }
    transitions.addLast(transition);
    heard.accept(transition);
  }

  private static String shortened(String reason) {
    return reason.substring(0, Math.min(reason.length(), MAX_REASON_CHARACTERS));
  }
}
