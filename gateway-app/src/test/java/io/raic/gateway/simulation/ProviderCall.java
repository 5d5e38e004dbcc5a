package io.raic.gateway.simulation;

import io.raic.cloud.BackendException;
import io.raic.cloud.Operation;
import io.raic.cloud.Request;
import io.raic.gateway.simulation.SimulatedStrand.Wake;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One call to a provider: how long it takes, and what goes wrong on the way. */
final class ProviderCall {
  /** Those who wait in a store or a stream, until it is closed. */
  static final class Room {
    private final List<SimulatedStrand> inside = new ArrayList<>();
    private boolean closed;

    void close(Simulation simulation) {
      closed = true;
      List.copyOf(inside).forEach(strand -> simulation.wake(strand, Wake.CALLED));
    }
  }

  private final Provider provider;
  private final Simulation simulation;
  private final Operation operation;
  private final Duration step;
  private final List<Room> rooms;
  private final Optional<Trouble> mishap;

  ProviderCall(Provider provider, Operation operation, Duration step, Room... rooms) {
    this.provider = provider;
    this.simulation = provider.world().simulation();
    this.operation = operation;
    this.step = step;
    this.rooms = List.of(rooms);
    simulation.current().process().requireAlive();
    requireOpen();
    this.mishap = provider.mishap(operation);
  }

  private void requireOpen() {
    if (rooms.stream().anyMatch(room -> room.closed)) {
      throw unavailable("closed");
    }
    if (Thread.currentThread().isInterrupted()) {
      throw unavailable("interrupted");
    }
  }

  boolean is(Trouble trouble) {
    return mishap.equals(Optional.of(trouble));
  }

  /** Makes the way there, which the call may not survive. */
  void goes(long bytes) {
    pass(provider.takes(bytes) / 2);
    mishap.ifPresent(trouble -> {
      switch (trouble) {
        case HANGS -> hang();
        case THROTTLES ->
            throw new BackendException.Throttled(request(), "503", Duration.ofSeconds(3));
        case FAILS -> throw unavailable("500");
        case DENIES -> throw new BackendException.AccessDenied(request(), "403");
        case FULL -> throw new BackendException.OutOfSpace(request(), "full");
        default -> {
          // That comes later.
        }
      }
    });
  }

  /** Makes the way back. */
  void returns() {
    pass(provider.takes(0) / 2);
    if (is(Trouble.LOSES_ANSWERS)) {
      loseAnswer();
    }
  }

  /** Fails, or says nothing. */
  void loseAnswer() {
    if (simulation.random().nextBoolean()) {
      hang();
    }
    throw unavailable("the connection was reset");
  }

  /** Waits for what does not come. */
  void hang() {
    pass(step.toNanos() + 1);
  }

  private void pass(long nanos) {
    var self = simulation.current();
    rooms.forEach(room -> room.inside.add(self));
    long end = simulation.now() + Math.min(nanos, step.toNanos());
    var wake = simulation.block(provider + " " + operation, end, true);
    rooms.forEach(room -> room.inside.remove(self));
    if (wake == Wake.INTERRUPTED) {
      Thread.currentThread().interrupt();
    }
    requireOpen();
    if (nanos > step.toNanos()) {
      throw unavailable("the deadline is over");
    }
  }

  Request request() {
    return Request.of(provider.id(), operation);
  }

  BackendException unavailable(String why) {
    return new BackendException.Unavailable(request(), why);
  }
}
