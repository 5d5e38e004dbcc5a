package io.raic.cloud.resilience;

import io.raic.cloud.ByteRange;
import io.raic.cloud.Capacity;
import io.raic.cloud.CloudBackend;
import io.raic.cloud.Deadline;
import io.raic.cloud.Download;
import io.raic.cloud.ObjectInfo;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Operation;
import io.raic.cloud.Page;
import io.raic.cloud.Precondition;
import io.raic.cloud.Traits;
import io.raic.cloud.Upload;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * A store behind limits and circuits: what is known to be broken fails at once, with {@link
 * io.raic.cloud.BackendException.Unavailable} that says since when and why, and is looked after by
 * canaries until it works again; what is asked for too much waits, or fails with {@link
 * io.raic.cloud.BackendException.Throttled}; what would be stored too much fails with {@link
 * io.raic.cloud.BackendException.OutOfSpace}. Everything else is as the driver says.
 *
 * <p>It repeats nothing. The package says which layers there are, and in which order.
 */
public final class GuardedBackend implements CloudBackend, ProviderHealth {
  private final CloudBackend driver;
  private final Guard guard;
  private final Asking asking;
  private final Prober prober;

  /**
   * Puts a guard before {@code driver}, which it closes at its end. Nothing is asked yet. A circuit
   * that opens stays open until {@link #startProbing}, or is reset.
   */
  public GuardedBackend(CloudBackend driver, GuardPolicy policy, Surroundings around) {
    this.driver = driver;
    this.guard = new Guard(driver.id(), policy, around, this::changed);
    this.prober = new Prober(driver, guard, policy.circuit(), around);
    this.asking = new Asking(guard, policy.circuit().slowCall(), prober::suspect);
  }

  private void changed(Transition transition) {
    prober.changed(transition);
  }

  /**
   * Starts the thread that sends canaries, counts what is stored, keeps the ledger and looks after
   * the end of credentials, until this is closed; for one call.
   */
  public void startProbing(ThreadStarter starter) {
    prober.start(starter);
  }

  @Override
  public String id() {
    return driver.id();
  }

  @Override
  public String location() {
    return driver.location();
  }

  @Override
  public Traits traits() {
    return driver.traits();
  }

  @Override
  public Optional<Instant> credentialsEnd() {
    return driver.credentialsEnd();
  }

  @Override
  public Upload begin(ObjectKey key, long length, Precondition precondition, Deadline deadline) {
    if (length < 0) {
      throw new IllegalArgumentException("an object of %d bytes".formatted(length));
    }
    int buffer = driver.traits().parts().bytesFor(length);
    guard.admit(Operation.BEGIN, deadline);
    guard.reserve(length);
    Optional<Passage> passage = Optional.empty();
    boolean hasBegun = false;
    try {
      var entered = guard.enter(Operation.BEGIN, deadline, requests(length, buffer));
      passage = Optional.of(entered);
      var upload =
          asking.ask(
              entered,
              Operation.BEGIN,
              deadline,
              () -> driver.begin(key, length, precondition, deadline));
      hasBegun = true;
      return new GuardedUpload(guard, asking, entered, upload, length, buffer, deadline);
    } finally {
      if (!hasBegun) {
        guard.bytes().release(length);
        passage.ifPresent(Passage::close);
      }
    }
  }

  private static long requests(long length, int buffer) {
    return buffer <= 0 || length <= buffer ? 1 : Math.ceilDiv(length, buffer) + 2;
  }

  @Override
  public Optional<Download> get(ObjectKey key, ByteRange range, Deadline deadline) {
    var passage = guard.enter(Operation.GET, deadline);
    boolean isOpen = false;
    try {
      var found =
          asking.ask(passage, Operation.GET, deadline, () -> driver.get(key, range, deadline));
      isOpen = found.isPresent();
      return found.map(download -> new GuardedDownload(guard, asking, passage, download, deadline));
    } finally {
      if (!isOpen) {
        passage.close();
      }
    }
  }

  @Override
  public Optional<ObjectInfo> stat(ObjectKey key, Deadline deadline) {
    return call(Operation.STAT, deadline, () -> driver.stat(key, deadline));
  }

  @Override
  public Page list(String prefix, Optional<String> after, int limit, Deadline deadline) {
    return call(Operation.LIST, deadline, () -> driver.list(prefix, after, limit, deadline));
  }

  @Override
  public boolean delete(ObjectKey key, Deadline deadline) {
    return call(Operation.DELETE, deadline, () -> driver.delete(key, deadline));
  }

  @Override
  public void probe(Deadline deadline) {
    call(
        Operation.PROBE,
        deadline,
        () -> {
          driver.probe(deadline);
          return true;
        });
  }

  /** Returns how full the store is, or its limit if that is nearer. */
  @Override
  public Optional<Capacity> capacity(Deadline deadline) {
    var told = call(Operation.CAPACITY, deadline, () -> driver.capacity(deadline));
    var limit = guard.bytes().limit();
    if (limit.isEmpty()) {
      return told;
    }
    long most = limit.getAsLong();
    long left = Math.max(0, most - guard.bytes().estimate());
    return Optional.of(
        told.map(c -> new Capacity(Math.min(c.totalBytes(), most), Math.min(c.freeBytes(), left)))
            .orElse(new Capacity(most, left)));
  }

  @Override
  public boolean wanted() {
    return switch (guard.circuit(Kind.READ).state()) {
      case OPEN, HALF_OPEN -> prober.wanted();
      case CLOSED, FORCED_OPEN -> false;
    };
  }

  private <T> T call(Operation operation, Deadline deadline, Supplier<T> call) {
    try (var passage = guard.enter(operation, deadline)) {
      return asking.ask(passage, operation, deadline, call);
    }
  }

  @Override
  public ProviderReport report() {
    var circuits = new EnumMap<Kind, CircuitReport>(Kind.class);
    for (var kind : Kind.values()) {
      var status = guard.circuit(kind).status();
      circuits.put(
          kind,
          new CircuitReport(
              status.state(),
              status.since(),
              status.reason(),
              guard.circuit(kind).transitions(),
              guard.heldUntil(kind),
              guard.connections(kind).inUse(),
              guard.connections(kind).count()));
    }
    var bytes = guard.bytes();
    return new ProviderReport(
        id(),
        location(),
        circuits,
        guard.meter().report(),
        guard.meter().bytesRead(),
        guard.meter().bytesWritten(),
        prober.lastProbe(),
        credentialsEnd(),
        guard.paused(),
        new ProviderReport.Usage(
            guard.requests().used(),
            guard.requests().limit(),
            bytes.limit().isPresent() ? OptionalLong.of(bytes.estimate()) : OptionalLong.empty(),
            bytes.limit()));
  }

  @Override
  public void forceOpen(Kind kind, String reason) {
    guard.circuit(kind).forceOpen(reason);
  }

  @Override
  public void reset(Kind kind) {
    guard.circuit(kind).reset();
    guard.holdoff(kind).reset();
  }

  @Override
  public void pauseWrites(String reason) {
    guard.pause(Optional.of(reason));
  }

  @Override
  public void resumeWrites() {
    guard.pause(Optional.empty());
  }

  @Override
  public void probeNow() {
    prober.probeNow();
  }

  Prober prober() {
    return prober;
  }

  @Override
  public void close() {
    guard.gate().close();
    try {
      prober.close();
    } finally {
      driver.close();
    }
  }
}
