package io.raic.cloud.box.fake;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** What a test can ask to go wrong, each a number of times. */
public final class FakeFaults {
  /** What can go wrong. */
  public enum Kind {
    /** 429 with Retry-After. */
    THROTTLED,
    /** 503 without a word. */
    UNAVAILABLE,
    /** 409 that has to do with no name. */
    CONFLICT,
    /** 500 after the work was done: the answer is lost. */
    ANSWER_LOST,
    /** 202 to a download: the file is not ready. */
    NOT_READY,
    /** 202 to a commit: the parts are still worked at. */
    COMMIT_LATER,
    /** A download that ends in its middle. */
    CUT_SHORT
  }

  private record Order(AtomicInteger times, Predicate<String> operation) {}

  private final Map<Kind, Order> orders = new ConcurrentHashMap<>();

  FakeFaults() {}

  /** Lets the next {@code times} requests go wrong. */
  public void next(Kind kind, int times) {
    next(kind, times, _ -> true);
  }

  /** Lets the next {@code times} requests whose operation is {@code which} go wrong. */
  public void next(Kind kind, int times, Predicate<String> which) {
    orders.put(kind, new Order(new AtomicInteger(times), which));
  }

  /** Forgets all that was asked for. */
  public void clear() {
    orders.clear();
  }

  boolean take(Kind kind, String operation) {
    var order = orders.get(kind);
    return order != null
        && order.operation().test(operation)
        && order.times().getAndUpdate(left -> Math.max(0, left - 1)) > 0;
  }
}
