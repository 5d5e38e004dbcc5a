package io.raic.cloud.resilience;

import io.raic.cloud.Operation;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** Counts what becomes of calls. For any thread, without locks. */
final class Meter {
  private final Map<Operation, Counts> counts = new EnumMap<>(Operation.class);
  private final LongAdder bytesRead = new LongAdder();
  private final LongAdder bytesWritten = new LongAdder();

  private record Counts(Latencies done, Latencies failed, Map<Outcome, LongAdder> outcomes) {
    static Counts none() {
      var outcomes = new EnumMap<Outcome, LongAdder>(Outcome.class);
      for (var outcome : Outcome.values()) {
        outcomes.put(outcome, new LongAdder());
      }
      return new Counts(new Latencies(), new Latencies(), outcomes);
    }

    OperationReport report() {
      var sums = new EnumMap<Outcome, Long>(Outcome.class);
      outcomes.forEach((outcome, count) -> sums.put(outcome, count.sum()));
      return new OperationReport(sums, done.report(), failed.report());
    }
  }

  Meter() {
    for (var operation : Operation.values()) {
      counts.put(operation, Counts.none());
    }
  }

  private Counts of(Operation operation) {
    return Objects.requireNonNull(counts.get(operation));
  }

  void count(Operation operation, Outcome outcome) {
    Objects.requireNonNull(of(operation).outcomes().get(outcome)).increment();
  }

  /** Counts what a call came to, and how long that took. */
  void took(Operation operation, Outcome outcome, long nanos) {
    count(operation, outcome);
    var its = of(operation);
    (outcome.isDone() ? its.done() : its.failed()).add(nanos);
  }

  void read(long bytes) {
    bytesRead.add(bytes);
  }

  void wrote(long bytes) {
    bytesWritten.add(bytes);
  }

  long bytesRead() {
    return bytesRead.sum();
  }

  long bytesWritten() {
    return bytesWritten.sum();
  }

  Map<Operation, OperationReport> report() {
    var report = new EnumMap<Operation, OperationReport>(Operation.class);
    counts.forEach((operation, its) -> report.put(operation, its.report()));
    return report;
  }
}
