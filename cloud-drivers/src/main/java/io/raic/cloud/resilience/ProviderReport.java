package io.raic.cloud.resilience;

import io.raic.cloud.Operation;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a provider does; counts are since the start unless they say otherwise.
 *
 * @param id the name of the store
 * @param location where its objects are
 * @param circuits of every kind
 * @param operations what became of the calls of every operation
 * @param bytesRead that callers got
 * @param bytesWritten that callers gave
 * @param lastProbe what the last canary found; empty if there was no reason for one
 * @param credentialsEnd when the credentials end for good, as far as known
 * @param writesPaused why writes are paused; empty if they are not
 * @param usage of what is limited
 */
public record ProviderReport(
    String id,
    String location,
    Map<Kind, CircuitReport> circuits,
    Map<Operation, OperationReport> operations,
    long bytesRead,
    long bytesWritten,
    Optional<ProbeReport> lastProbe,
    Optional<Instant> credentialsEnd,
    Optional<String> writesPaused,
    Usage usage) {
  /** Copies the maps. */
  public ProviderReport {
    circuits = Map.copyOf(circuits);
    operations = Map.copyOf(operations);
  }

  /** Returns how the circuit of a kind stands. */
  public CircuitReport circuit(Kind kind) {
    return Objects.requireNonNull(circuits.get(kind));
  }

  /** Returns what became of the calls of an operation. */
  public OperationReport operation(Operation operation) {
    return Objects.requireNonNull(operations.get(operation));
  }

  /**
   * What was used, about.
   *
   * @param requestsThisMonth of the calendar month, in UTC; of this process only, if there is no
   *     limit that they are kept for
   * @param requestsPerMonth the limit
   * @param storedBytes empty if they are not counted, because they are not limited
   * @param maxBytes the limit
   */
  public record Usage(
      long requestsThisMonth,
      OptionalLong requestsPerMonth,
      OptionalLong storedBytes,
      OptionalLong maxBytes) {}
}
