package io.raic.cloud.swift;

import io.raic.cloud.Capacity;
import io.raic.cloud.Deadline;
import io.raic.cloud.Operation;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Finds out what a store can do, whether it works, and how full it is. */
final class SwiftProbe {
  /** What is never there: no key begins with a dot. */
  private static final String NOTHING = ".raic-probe";

  /** How long a container that was seen is believed to be there. */
  private static final Duration BELIEVED = Duration.ofSeconds(60);

  private final Calls calls;
  private final Places places;
  private volatile Limits limits = Limits.STANDARD;
  private volatile boolean isKnown;
  private final LongSupplier nanos;

  /** When the container was seen last; empty if it was not, or is gone. */
  private volatile Optional<Long> seen = Optional.empty();

  SwiftProbe(Calls calls, Places places) {
    this(calls, places, System::nanoTime);
  }

  SwiftProbe(Calls calls, Places places, LongSupplier nanos) {
    this.calls = calls;
    this.places = places;
    this.nanos = nanos;
  }

  Limits limits() {
    return limits;
  }

  /**
   * Looks whether the container can be read and written, without writing anything: whoever may not
   * write may not remove either, though nothing is there. The first time it also asks what the
   * servers can do.
   */
  void make(Deadline deadline) {
    calls.call(
        Operation.PROBE,
        deadline,
        _ -> {
          headOfContainer(Operation.PROBE, deadline);
          removeNothing(deadline);
          if (!isKnown) {
            limits = Limits.ask(calls, deadline);
            isKnown = true;
          }
          return true;
        });
  }

  private void removeNothing(Deadline deadline) {
    var answer = calls.send(Operation.PROBE, deadline, "DELETE", places.objectPath(NOTHING));
    if (!answer.isSuccess() && answer.status() != 404) {
      throw calls.failed(Operation.PROBE, "writing", answer);
    }
  }

  /**
   * Tells an object that is not there from a container that is not there, which Swift answers with
   * the same status. Whether it is there is not asked again soon after it was seen.
   */
  void requireContainer(Operation operation, Deadline deadline) {
    boolean isBelieved =
        seen.filter(then -> nanos.getAsLong() - then < BELIEVED.toNanos()).isPresent();
    if (!isBelieved) {
      headOfContainer(operation, deadline);
    }
  }

  private Answer headOfContainer(Operation operation, Deadline deadline) {
    var answer = calls.send(operation, deadline, "HEAD", places.containerPath());
    if (answer.status() == 404) {
      seen = Optional.empty();
      throw SwiftErrors.noContainer(calls.about(operation), places.container());
    }
    if (!answer.isSuccess()) {
      throw calls.failed(operation, "container " + places.container(), answer);
    }
    seen = Optional.of(nanos.getAsLong());
    return answer;
  }

  /** Returns the quota of the container or of the account, whichever leaves less. */
  Optional<Capacity> capacity(Deadline deadline) {
    return calls.call(
        Operation.CAPACITY,
        deadline,
        _ -> {
          var container = quota(headOfContainer(Operation.CAPACITY, deadline), "X-Container-");
          var account = quota(calls.send(Operation.CAPACITY, deadline, "HEAD", ""), "X-Account-");
          return container.isPresent() && account.isPresent()
              ? Optional.of(less(container.get(), account.get()))
              : container.or(() -> account);
        });
  }

  /** Who may use a container may not always ask of the account: that is no failure. */
  private Optional<Capacity> quota(Answer answer, String kind) {
    if (answer.status() / 100 == 5 || answer.status() == 429 || answer.status() == 498) {
      throw calls.failed(Operation.CAPACITY, "the quota", answer);
    }
    long total = SwiftErrors.number(answer.header(kind + "Meta-Quota-Bytes"), -1);
    long used = SwiftErrors.number(answer.header(kind + "Bytes-Used"), -1);
    return total < 0 || used < 0
        ? Optional.empty()
        : Optional.of(new Capacity(total, Math.max(0, total - used)));
  }

  private static Capacity less(Capacity one, Capacity other) {
    return one.freeBytes() <= other.freeBytes() ? one : other;
  }
}
