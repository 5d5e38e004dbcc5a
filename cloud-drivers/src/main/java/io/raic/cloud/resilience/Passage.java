package io.raic.cloud.resilience;

import io.raic.cloud.BackendException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A call or a stream that was let through: what it holds, and whom it has to tell what became of
 * it. For any thread.
 */
final class Passage implements AutoCloseable {
  /**
   * A circuit that it passed.
   *
   * @param period in which
   */
  record Through(Circuit circuit, long period) {}

  private final List<Through> circuits;
  private final Connections.Permit connection;
  private final AtomicReference<Optional<Duration>> opened =
      new AtomicReference<>(Optional.empty());
  private volatile boolean isClosed;

  Passage(List<Through> circuits, Connections.Permit connection) {
    this.circuits = circuits;
    this.connection = connection;
  }

  void answered(Duration took) {
    circuits.forEach(through -> through.circuit().answered(through.period(), took));
  }

  /** Notes that a stream was opened; that counts as answered unless the stream fails. */
  void opened(Duration took) {
    opened.set(Optional.of(took));
  }

  void failed(Duration took, BackendException error) {
    opened.set(Optional.empty());
    circuits.forEach(through -> through.circuit().failed(through.period(), took, error));
  }

  void silent(String reason) {
    opened.set(Optional.empty());
    circuits.forEach(through -> through.circuit().silent(through.period(), reason));
  }

  boolean isClosed() {
    return isClosed;
  }

  /** Gives back what it holds. */
  @Override
  public void close() {
    isClosed = true;
    opened.getAndSet(Optional.empty()).ifPresent(this::answered);
    connection.close();
  }
}
