package io.raic.gateway.admin;

import io.raic.cloud.Operation;
import io.raic.cloud.resilience.CircuitReport;
import io.raic.cloud.resilience.CircuitState;
import io.raic.cloud.resilience.Kind;
import io.raic.cloud.resilience.LatencyReport;
import io.raic.cloud.resilience.OperationReport;
import io.raic.cloud.resilience.Outcome;
import io.raic.cloud.resilience.ProviderHealth;
import io.raic.cloud.resilience.ProviderReport;
import io.raic.cloud.resilience.Transition;
import io.raic.gateway.provider.Prices;
import io.raic.gateway.provider.ProviderSummary;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A provider that does as it is told, and can be told what it is asked for. */
final class FakeProvider implements ProviderHealth {
  static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  private static final LatencyReport NOTHING =
      new LatencyReport(List.of(), Duration.ZERO, Duration.ZERO);

  private final String id;
  private final Map<Kind, CircuitState> states = new EnumMap<>(Kind.class);
  private final List<Transition> transitions = new ArrayList<>();
  private Optional<String> paused = Optional.empty();
  private long bytesRead;
  private long answers;
  private long silences;

  FakeProvider(String id) {
    this.id = id;
    for (var kind : Kind.values()) {
      states.put(kind, CircuitState.CLOSED);
    }
  }

  WatchedProvider watched() {
    return new WatchedProvider(
        new ProviderSummary(
            id, "fake", id, Optional.empty(), "nowhere", "a test", Map.of(), Map.of()),
        new Prices(
            Optional.empty(),
            Optional.of(new BigDecimal("0.09")),
            Optional.empty(),
            Optional.empty()),
        this);
  }

  void set(Kind kind, CircuitState state, Instant at) {
    transitions.add(new Transition(kind, state(kind), state, at, "told so"));
    states.put(kind, state);
  }

  private CircuitState state(Kind kind) {
    return states.getOrDefault(kind, CircuitState.CLOSED);
  }

  void answer(long calls, long bytes) {
    answers += calls;
    bytesRead += bytes;
  }

  void fallSilent(long calls) {
    silences += calls;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public ProviderReport report() {
    var circuits = new EnumMap<Kind, CircuitReport>(Kind.class);
    for (var kind : Kind.values()) {
      circuits.put(
          kind,
          new CircuitReport(
              state(kind),
              START,
              state(kind) == CircuitState.CLOSED ? "" : "told so",
              transitions.stream().filter(t -> t.kind() == kind).toList(),
              Optional.empty(),
              0,
              1));
    }
    var operations = new EnumMap<Operation, OperationReport>(Operation.class);
    for (var operation : Operation.values()) {
      operations.put(
          operation,
          operation == Operation.GET
              ? new OperationReport(
                  Map.of(Outcome.ANSWERED, answers, Outcome.SILENT, silences),
                  new LatencyReport(
                      List.of(new LatencyReport.Bucket(Duration.ofMillis(8), answers)),
                      Duration.ofMillis(5 * answers),
                      Duration.ofMillis(7)),
                  NOTHING)
              : new OperationReport(Map.of(), NOTHING, NOTHING));
    }
    return new ProviderReport(
        id,
        "nowhere",
        circuits,
        operations,
        bytesRead,
        0,
        Optional.empty(),
        Optional.empty(),
        paused,
        new ProviderReport.Usage(
            0, OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty()));
  }

  @Override
  public void forceOpen(Kind kind, String reason) {
    set(kind, CircuitState.FORCED_OPEN, START);
  }

  @Override
  public void reset(Kind kind) {
    set(kind, CircuitState.CLOSED, START);
  }

  @Override
  public void pauseWrites(String reason) {
    paused = Optional.of(reason);
  }

  @Override
  public void resumeWrites() {
    paused = Optional.empty();
  }

  @Override
  public void probeNow() {}
}
