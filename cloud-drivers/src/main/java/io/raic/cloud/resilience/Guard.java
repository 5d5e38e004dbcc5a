package io.raic.cloud.resilience;

import io.raic.cloud.BackendException;
import io.raic.cloud.Deadline;
import io.raic.cloud.Operation;
import io.raic.cloud.Request;
import io.raic.cloud.call.Gate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The layers in front of the driver, in their order; the package says why it is this one. For any
 * thread.
 */
final class Guard {
  private final String id;
  private final Gate gate;
  private final Clock clock;
  private final Map<Kind, Circuit> circuits = new EnumMap<>(Kind.class);
  private final Map<Kind, Connections> connections = new EnumMap<>(Kind.class);
  private final Map<Kind, Holdoff> holdoffs = new EnumMap<>(Kind.class);
  private final Pacer pacer;
  private final RequestBudget requests;
  private final StoredBytes bytes;
  private final Meter meter = new Meter();
  private volatile Optional<String> paused = Optional.empty();

  Guard(String id, GuardPolicy policy, Surroundings around, Consumer<Transition> heard) {
    this.id = id;
    this.gate = new Gate(id);
    this.clock = around.clock();
    var limits = policy.limits();
    for (var kind : Kind.values()) {
      circuits.put(kind, new Circuit(id, kind, policy.circuit(), around.clock(), heard));
      connections.put(kind, new Connections(limits.connections()));
      holdoffs.put(kind, new Holdoff(around.nanoTime()));
    }
    this.pacer = new Pacer(limits, around.nanoTime(), around.pause());
    this.requests = new RequestBudget(limits.requestsPerMonth(), around.clock());
    this.bytes = new StoredBytes(limits.maxBytes(), around.clock());
  }

  String id() {
    return id;
  }

  Gate gate() {
    return gate;
  }

  Circuit circuit(Kind kind) {
    return Objects.requireNonNull(circuits.get(kind));
  }

  Connections connections(Kind kind) {
    return Objects.requireNonNull(connections.get(kind));
  }

  Holdoff holdoff(Kind kind) {
    return Objects.requireNonNull(holdoffs.get(kind));
  }

  /** Returns when calls of a kind need not wait any more for a provider that throttled. */
  Optional<Instant> heldUntil(Kind kind) {
    long left = holdoff(kind).leftNanos();
    return left > 0 ? Optional.of(clock.instant().plusNanos(left)) : Optional.empty();
  }

  Pacer pacer() {
    return pacer;
  }

  RequestBudget requests() {
    return requests;
  }

  StoredBytes bytes() {
    return bytes;
  }

  Meter meter() {
    return meter;
  }

  Optional<String> paused() {
    return paused;
  }

  void pause(Optional<String> reason) {
    paused = reason;
  }

  /** Lets a call through that sends nothing but itself. */
  Passage enter(Operation operation, Deadline deadline) {
    return enter(operation, deadline, 1);
  }

  /**
   * Lets a call or a stream through, after what it has to wait for; whoever gets the passage closes
   * it.
   *
   * @param count how many requests it will make, about
   * @throws BackendException if a layer refuses it; the provider was not asked
   */
  Passage enter(Operation operation, Deadline deadline, long count) {
    admit(operation, deadline);
    var request = Request.of(id, operation);
    try {
      var connection = connections(Kind.of(operation).getFirst()).take(request, deadline);
      boolean isThrough = false;
      try {
        var through = take(operation, request, deadline, count);
        isThrough = true;
        return new Passage(through, connection);
      } finally {
        if (!isThrough) {
          connection.close();
        }
      }
    } catch (BackendException e) {
      meter.count(operation, notAsked(e));
      throw e;
    }
  }

  /** Refuses a call that is over, or that the provider is not to be asked. */
  void admit(Operation operation, Deadline deadline) {
    var request = Request.of(id, operation);
    try {
      gate.enter(operation, deadline);
      requireNotPaused(operation, request);
      pass(operation, request);
    } catch (BackendException e) {
      boolean isOver = deadline.isOver() && !Thread.currentThread().isInterrupted();
      meter.count(operation, isOver ? Outcome.ABANDONED : notAsked(e));
      throw e;
    }
  }

  private List<Passage.Through> take(
      Operation operation, Request request, Deadline deadline, long count) {
    for (var kind : Kind.of(operation)) {
      pacer.heed(holdoff(kind), request, deadline);
    }
    pacer.request(request, deadline);
    boolean isTaken = false;
    try {
      gate.enter(operation, deadline);
      var through = pass(operation, request);
      requests.take(request, count);
      isTaken = true;
      return through;
    } finally {
      if (!isTaken) {
        pacer.takeBack();
      }
    }
  }

  private void requireNotPaused(Operation operation, Request request) {
    boolean changes = operation == Operation.BEGIN || operation == Operation.DELETE;
    if (changes && paused.isPresent()) {
      throw new BackendException.Unavailable(
          request, "not asked, writes are paused: " + paused.get());
    }
  }

  private List<Passage.Through> pass(Operation operation, Request request) {
    var through = new ArrayList<Passage.Through>();
    for (var kind : Kind.of(operation)) {
      var circuit = circuit(kind);
      through.add(new Passage.Through(circuit, circuit.pass(request)));
    }
    return through;
  }

  private Outcome notAsked(BackendException e) {
    if (Thread.currentThread().isInterrupted() || gate.isClosed()) {
      return Outcome.ABANDONED;
    }
    return switch (e) {
      case BackendException.Throttled _, BackendException.OutOfSpace _ -> Outcome.LIMITED;
      default -> Outcome.REFUSED;
    };
  }

  /** Refuses an upload that the store has no room for, or makes room for it. */
  void reserve(long length) {
    var request = Request.of(id, Operation.BEGIN);
    try {
      bytes.reserve(request, length);
    } catch (BackendException e) {
      meter.count(Operation.BEGIN, Outcome.LIMITED);
      throw e;
    }
  }

  /** Waits until bytes of a stream may pass. */
  void pace(Operation operation, int count, Deadline deadline) {
    pace(operation, count, 0, deadline);
  }

  /** Waits until bytes of a stream, and requests that they cost, may pass. */
  void pace(Operation operation, int count, long requests, Deadline deadline) {
    var request = Request.of(id, operation);
    try {
      if (requests > 0) {
        pacer.requests(requests, request, deadline);
      }
      if (count > 0) {
        pacer.bytes(count, request, deadline);
      }
    } catch (BackendException e) {
      meter.count(operation, notAsked(e));
      throw e;
    }
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }

  /**
   * Notes an answer.
   *
   * @param moving what of the time was due to what there was to move
   */
  void answered(
      Operation operation, Passage passage, Duration took, Duration moving, Outcome outcome) {
    meter.took(operation, outcome, took.toNanos());
    Kind.of(operation).forEach(kind -> holdoff(kind).answered());
    switch (operation) {
      case GET -> passage.opened(took);
      case STAT, LIST, DELETE, PROBE, CAPACITY -> passage.answered(took);
      // A long one takes long, which says nothing.
      case COMMIT -> passage.answered(longer(took.minus(moving), Duration.ZERO));
      // Many drivers begin without a request; and pieces would outnumber everything else.
      case BEGIN, READ, WRITE -> {}
    }
  }
}
