package io.raic.gateway.admin;

import io.raic.cloud.resilience.CircuitState;
import io.raic.cloud.resilience.Kind;
import io.raic.cloud.resilience.LatencyReport;
import io.raic.cloud.resilience.Outcome;
import io.raic.cloud.resilience.ProviderReport;
import io.raic.cloud.resilience.Transition;
import io.raic.gateway.admin.Sample.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What is seen of one provider, by looking at it again and again. {@link #look} and {@link #drain}
 * are for one thread, the rest for any.
 */
final class ProviderWatch {
  /** An hour of samples. */
  static final int SAMPLES = 720;

  /** What is a provider's fault. */
  static final Set<Outcome> FAILURES =
      Set.of(
          Outcome.OUT_OF_SPACE,
          Outcome.ACCESS_DENIED,
          Outcome.THROTTLED,
          Outcome.CORRUPT,
          Outcome.UNAVAILABLE,
          Outcome.SILENT,
          Outcome.FAULT);

  private static final Set<Outcome> ANSWERS = Set.of(Outcome.ANSWERED, Outcome.PRECONDITION_FAILED);

  private final WatchedProvider provider;
  private final Ring<Sample> samples = new Ring<>(SAMPLES);
  private final Map<Kind, Transition> lastTransitions = new HashMap<>();
  private volatile ProviderReport report;
  private ProviderReport sampled;
  private ProviderReport counted;
  private Instant looked;
  private Slot slot;

  ProviderWatch(WatchedProvider provider, Instant now) {
    this.provider = provider;
    this.report = provider.health().report();
    this.sampled = report;
    this.counted = report;
    this.looked = now;
    this.slot = Slot.empty(now);
    // What happened before is told as well: the start is when circuits are opened first.
  }

  WatchedProvider provider() {
    return provider;
  }

  ProviderReport report() {
    return report;
  }

  List<Sample> samples() {
    return samples.list();
  }

  /** Looks at it, and returns the changes that nobody has heard of. */
  List<Transition> look(Instant now) {
    var next = provider.health().report();
    long millis = Math.max(0, Duration.between(looked, now).toMillis());
    slot =
        slot.plus(
            new Slot(
                now,
                millis,
                isDown(Kind.READ) ? millis : 0,
                isDown(Kind.WRITE) ? millis : 0,
                0,
                0,
                0,
                0));
    looked = now;
    report = next;
    var news = new ArrayList<Transition>();
    for (var kind : Kind.values()) {
      var all = next.circuit(kind).transitions();
      int known = Optional.ofNullable(lastTransitions.get(kind)).map(all::lastIndexOf).orElse(-1);
      news.addAll(all.subList(known + 1, all.size()));
      if (!all.isEmpty()) {
        lastTransitions.put(kind, all.getLast());
      }
    }
    return news;
  }

  private boolean isDown(Kind kind) {
    return report.circuit(kind).state() != CircuitState.CLOSED;
  }

  /** Returns what tells whether a page about it would look different, but for numbers. */
  List<Object> state() {
    return List.of(
        standing(Kind.READ),
        standing(Kind.WRITE),
        report.circuit(Kind.READ).since(),
        report.circuit(Kind.WRITE).since(),
        report.lastProbe());
  }

  Standing standing(Kind kind) {
    return standing(report, kind);
  }

  static Standing standing(ProviderReport report, Kind kind) {
    return switch (report.circuit(kind).state()) {
      case CLOSED ->
          kind == Kind.WRITE && report.writesPaused().isPresent()
              ? Standing.PAUSED
              : Standing.CLOSED;
      case OPEN -> Standing.OPEN;
      case HALF_OPEN -> Standing.HALF_OPEN;
      case FORCED_OPEN -> Standing.FORCED;
    };
  }

  /** Adds a sample of what happened since the last one. */
  void sample(Instant now, Duration took) {
    var latencies = latencies(report, sampled);
    samples.add(
        new Sample(
            now,
            took,
            report.bytesWritten() - sampled.bytesWritten(),
            report.bytesRead() - sampled.bytesRead(),
            calls(report) - calls(sampled),
            failures(report) - failures(sampled),
            latencies.quantile(0.5),
            latencies.quantile(0.99),
            standing(Kind.READ),
            standing(Kind.WRITE)));
    sampled = report;
  }

  /** Returns the slot of what was seen since the last one. */
  Slot drain(Instant now) {
    var done =
        new Slot(
            slot.at(),
            slot.seenMillis(),
            slot.readDownMillis(),
            slot.writeDownMillis(),
            calls(report) - calls(counted),
            failures(report) - failures(counted),
            report.bytesRead() - counted.bytesRead(),
            report.bytesWritten() - counted.bytesWritten());
    counted = report;
    slot = Slot.empty(now);
    return done;
  }

  static long calls(ProviderReport report) {
    return count(report, ANSWERS) + failures(report);
  }

  static long failures(ProviderReport report) {
    return count(report, FAILURES);
  }

  private static long count(ProviderReport report, Set<Outcome> outcomes) {
    return report.operations().values().stream()
        .flatMap(operation -> outcomes.stream().map(operation::count))
        .mapToLong(Long::longValue)
        .sum();
  }

  /** Returns the latencies of all operations between two reports. */
  private static LatencyReport latencies(ProviderReport now, ProviderReport before) {
    var counts = new TreeMap<Duration, Long>();
    var longest = Duration.ZERO;
    for (var operation : now.operations().values()) {
      operation.latencies().buckets().forEach(b -> counts.merge(b.below(), b.count(), Long::sum));
      longest =
          longest.compareTo(operation.latencies().longest()) > 0
              ? longest
              : operation.latencies().longest();
    }
    for (var operation : before.operations().values()) {
      operation.latencies().buckets().forEach(b -> counts.merge(b.below(), -b.count(), Long::sum));
    }
    var buckets =
        counts.entrySet().stream()
            .filter(entry -> entry.getValue() > 0)
            .map(entry -> new LatencyReport.Bucket(entry.getKey(), entry.getValue()))
            .toList();
    return new LatencyReport(buckets, Duration.ZERO, longest);
  }
}
