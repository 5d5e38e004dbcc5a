package io.raic.cloud.gcs.fake;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Troubles that are planned: the next requests of a kind are answered with them. */
public final class Faults {
  /** Whether a request is carried out before its answer is lost. */
  private enum When {
    INSTEAD,
    AFTER
  }

  private static final class Plan {
    private final String request;
    private final When when;
    private final Refusal refusal;
    private int times;

    Plan(String request, int times, When when, Refusal refusal) {
      this.request = request;
      this.times = times;
      this.when = when;
      this.refusal = refusal;
    }
  }

  private final List<Plan> plans = new ArrayList<>();

  Faults() {}

  /**
   * Answers 429.
   *
   * @param request how the request line begins, such as {@code POST /upload}; "" for any
   */
  public synchronized void throttle(String request, int times, Duration retryAfter) {
    var refusal =
        new Refusal(
                429,
                "rateLimitExceeded",
                "The object exceeded the rate limit for object mutation operations (create,"
                    + " update, and delete). Please reduce your request rate.")
            .with(Map.of("Retry-After", Long.toString(retryAfter.toSeconds())));
    plans.add(new Plan(request, times, When.INSTEAD, refusal));
  }

  /** Answers with an error of the service, such as 503. */
  public synchronized void fail(String request, int times, int status) {
    plans.add(new Plan(request, times, When.INSTEAD, backend(status)));
  }

  /** Carries the request out, then answers with an error of the service as if it had not. */
  public synchronized void failAfter(String request, int times, int status) {
    plans.add(new Plan(request, times, When.AFTER, backend(status)));
  }

  private static Refusal backend(int status) {
    return new Refusal(status, "backendError", "Backend Error");
  }

  /** Forgets what was planned. */
  public synchronized void clear() {
    plans.clear();
  }

  void instead(String request) {
    next(request, When.INSTEAD)
        .ifPresent(refusal -> {
          throw refusal;
        });
  }

  void after(String request) {
    next(request, When.AFTER)
        .ifPresent(refusal -> {
          throw refusal;
        });
  }

  private synchronized Optional<Refusal> next(String request, When when) {
    for (Plan plan : plans) {
      if (plan.when == when && plan.times > 0 && request.startsWith(plan.request)) {
        plan.times--;
        return Optional.of(plan.refusal);
      }
    }
    return Optional.empty();
  }
}
