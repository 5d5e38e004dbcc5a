package io.raic.gateway.admin;

import io.raic.cloud.Operation;
import io.raic.cloud.resilience.Kind;
import io.raic.cloud.resilience.LatencyReport;
import io.raic.cloud.resilience.Outcome;
import io.raic.cloud.resilience.ProviderReport;
import io.raic.gateway.admin.Sample.Standing;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** What pages about providers show. For any thread; asks no provider. */
public final class ProviderPages {
  private final Redundancy redundancy;
  private final Availability availability;
  private final InstantSource clock;

  /**
   * A provider in short.
   *
   * @param id its name
   * @param kind what it is, for people
   * @param operator who runs it
   * @param jurisdiction whose law it is under
   * @param level how it does
   * @param state that in words
   * @param reason why, if it is not well
   * @param day its last day
   * @param month its last month
   * @param read the circuit of reading
   * @param write the circuit of writing
   * @param median that a read takes
   * @param longest that 99 of 100 do not exceed
   * @param errors in the last hour
   * @param held shares and bytes there
   * @param used parts of 100 of what it may hold; empty if there is no limit or it is not known
   */
  public record Card(
      String id,
      String kind,
      String operator,
      String jurisdiction,
      Level level,
      String state,
      String reason,
      Availability.Part day,
      Availability.Part month,
      Strip read,
      Strip write,
      String median,
      String longest,
      String errors,
      String held,
      String used) {}

  /**
   * What became of the calls of an operation.
   *
   * @param name of it
   * @param calls that were answered
   * @param failures those that failed
   * @param median that they took
   * @param p95 that 95 of 100 did not exceed
   * @param p99 that 99 did not
   * @param longest of all
   * @param throughput while calls went on, where bytes move
   */
  public record OperationRow(
      String name,
      String calls,
      String failures,
      String median,
      String p95,
      String p99,
      String longest,
      String throughput) {}

  /**
   * Something about it.
   *
   * @param name what it is
   * @param value it
   */
  public record Fact(String name, String value) {}

  /** Shows what {@code redundancy} and {@code availability} know. */
  public ProviderPages(Redundancy redundancy, Availability availability, InstantSource clock) {
    this.redundancy = redundancy;
    this.availability = availability;
    this.clock = clock;
  }

  /** Returns a provider in short. */
  Card card(ProviderWatch watch) {
    var now = clock.instant();
    var provider = watch.provider();
    var report = watch.report();
    var read = watch.standing(Kind.READ);
    var write = watch.standing(Kind.WRITE);
    var known = availability.of(provider.id(), now);
    var unknown =
        new Availability.Part(
            Words.NOT_KNOWN, "the database does not answer", new Strip(Words.NOT_KNOWN, List.of()));
    var summary = provider.summary();
    var gets = report.operation(Operation.GET).latencies();
    return new Card(
        provider.id(),
        summary.type(),
        summary.operator(),
        summary.jurisdiction().orElse("jurisdiction not stated"),
        level(read, write),
        state(read, write),
        reason(watch, read, write),
        known.map(Availability.Report::day).orElse(unknown),
        known.map(Availability.Report::month).orElse(unknown),
        Strip.of(watch.samples(), true, now),
        Strip.of(watch.samples(), false, now),
        quantile(gets, 0.5),
        quantile(gets, 0.99),
        errors(watch),
        held(provider.id(), report),
        used(provider.id(), report));
  }

  static Level level(Standing read, Standing write) {
    return read.level().compareTo(write.level()) > 0 ? read.level() : write.level();
  }

  static String state(Standing read, Standing write) {
    if (read == write) {
      return read == Standing.CLOSED ? "Working" : read.words();
    }
    if (read == Standing.CLOSED) {
      return "Writing " + write.words().toLowerCase(Locale.ROOT);
    }
    if (write == Standing.CLOSED) {
      return "Reading " + read.words().toLowerCase(Locale.ROOT);
    }
    return "Reading %s, writing %s"
        .formatted(read.words().toLowerCase(Locale.ROOT), write.words().toLowerCase(Locale.ROOT));
  }

  private static String reason(ProviderWatch watch, Standing read, Standing write) {
    return read != Standing.CLOSED
        ? Watcher.reason(watch, Kind.READ, read)
        : write != Standing.CLOSED ? Watcher.reason(watch, Kind.WRITE, write) : "";
  }

  private static String quantile(LatencyReport latencies, double fraction) {
    return latencies.count() == 0 ? "–" : Words.duration(latencies.quantile(fraction));
  }

  private static String errors(ProviderWatch watch) {
    long calls = watch.samples().stream().mapToLong(Sample::calls).sum();
    long failures = watch.samples().stream().mapToLong(Sample::failures).sum();
    return calls == 0
        ? "no calls in the last hour"
        : "%s of %s calls in the last hour".formatted(Words.count(failures), Words.count(calls));
  }

  private OptionalLong heldBytes(String id, ProviderReport report) {
    var counted = redundancy.held(id);
    return counted.isPresent()
        ? OptionalLong.of(counted.get().bytes())
        : report.usage().storedBytes();
  }

  private String held(String id, ProviderReport report) {
    var bytes = heldBytes(id, report);
    String shares =
        redundancy.held(id).map(h -> Words.count(h.shares(), "share", "shares") + ", ").orElse("");
    String most =
        report.usage().maxBytes().isPresent()
            ? " of " + Words.bytes(report.usage().maxBytes().getAsLong())
            : "";
    return bytes.isEmpty() ? Words.NOT_KNOWN : shares + Words.bytes(bytes.getAsLong()) + most;
  }

  private String used(String id, ProviderReport report) {
    var bytes = heldBytes(id, report);
    var most = report.usage().maxBytes();
    return bytes.isEmpty() || most.isEmpty() || most.getAsLong() == 0
        ? ""
        : Long.toString(Math.min(100, 100 * bytes.getAsLong() / most.getAsLong()));
  }

  /** Returns what became of its calls, by operation. */
  List<OperationRow> operations(ProviderWatch watch) {
    var report = watch.report();
    var rows = new ArrayList<OperationRow>();
    for (var operation : Operation.values()) {
      var done = report.operation(operation);
      long failures = ProviderWatch.FAILURES.stream().mapToLong(done::count).sum();
      var latencies = done.latencies();
      if (latencies.count() + failures > 0) {
        rows.add(
            new OperationRow(
                operation.name().toLowerCase(Locale.ROOT),
                Words.count(latencies.count()),
                Words.count(failures),
                quantile(latencies, 0.5),
                quantile(latencies, 0.95),
                quantile(latencies, 0.99),
                latencies.count() == 0 ? "–" : Words.duration(latencies.longest()),
                throughput(operation, report)));
      }
    }
    return rows;
  }

  private static String throughput(Operation operation, ProviderReport report) {
    long bytes =
        switch (operation) {
          case READ -> report.bytesRead();
          case WRITE -> report.bytesWritten();
          default -> 0;
        };
    var total = report.operation(operation).latencies().total();
    return bytes == 0 || total.isZero() ? "–" : Words.bytes(bytes / (total.toNanos() / 1e9)) + "/s";
  }

  /** Returns how many calls ended in each way that is no success. */
  List<Fact> errorClasses(ProviderWatch watch) {
    var facts = new ArrayList<Fact>();
    for (var outcome : Outcome.values()) {
      long count =
          watch.report().operations().values().stream()
              .mapToLong(operation -> operation.count(outcome))
              .sum();
      boolean isSuccess = outcome == Outcome.ANSWERED || outcome == Outcome.PRECONDITION_FAILED;
      if (count > 0 && !isSuccess) {
        facts.add(
            new Fact(
                outcome.name().toLowerCase(Locale.ROOT).replace('_', ' '), Words.count(count)));
      }
    }
    return facts;
  }

  /** Returns what else is known of it. */
  List<Fact> facts(ProviderWatch watch) {
    var now = clock.instant();
    var report = watch.report();
    var summary = watch.provider().summary();
    var facts = new ArrayList<Fact>();
    facts.add(new Fact("Operator", summary.operator()));
    facts.add(new Fact("Jurisdiction", summary.jurisdiction().orElse("not stated")));
    facts.add(new Fact("Kind", summary.type()));
    facts.add(new Fact("Place", report.location()));
    facts.add(new Fact("Configured in", summary.configured()));
    facts.add(new Fact("Held there", held(summary.id(), report)));
    facts.add(
        new Fact(
            "Last probe",
            report
                .lastProbe()
                .map(probe ->
                    Words.ago(probe.at(), now)
                        + (probe.failures().isEmpty()
                            ? ": both kinds worked"
                            : ": " + String.join("; ", probe.failures().values())))
                .orElse("none yet: there was no reason for one")));
    facts.add(
        new Fact(
            "Credentials end",
            report.credentialsEnd().map(end -> ends(end, now)).orElse(Words.NOT_KNOWN)));
    facts.add(new Fact("Requests this month", requests(report)));
    addCosts(watch, now, facts);
    return facts;
  }

  private static String ends(Instant end, Instant now) {
    var left = Duration.between(now, end);
    return left.isNegative()
        ? Words.time(end) + ": they have ended"
        : "%s, in %s".formatted(Words.time(end), Words.duration(left));
  }

  private static String requests(ProviderReport report) {
    var usage = report.usage();
    return usage.requestsPerMonth().isPresent()
        ? "%s of %s"
            .formatted(
                Words.count(usage.requestsThisMonth()),
                Words.count(usage.requestsPerMonth().getAsLong()))
        : Words.count(usage.requestsThisMonth()) + " by this gateway since it started";
  }

  private void addCosts(ProviderWatch watch, Instant now, List<Fact> facts) {
    var prices = watch.provider().prices();
    var known = availability.of(watch.provider().id(), now);
    facts.add(
        new Fact(
            "Read from it this month",
            known.map(r -> Words.bytes(r.bytesReadThisMonth())).orElse(Words.NOT_KNOWN)));
    facts.add(
        new Fact(
            "Egress spent this month",
            prices.egressGb().isEmpty()
                ? "no price is configured (prices.egress-gb)"
                : known.map(r -> money(r.cost(prices.egressGb().get()))).orElse(Words.NOT_KNOWN)));
    var bytes = heldBytes(watch.provider().id(), watch.report());
    Optional<String> storage =
        prices
            .storageGbMonth()
            .map(price ->
                bytes.isEmpty()
                    ? Words.NOT_KNOWN
                    : money(price.multiply(BigDecimal.valueOf(bytes.getAsLong(), 9))));
    facts.add(
        new Fact(
            "Storage for a month",
            storage.orElse("no price is configured (prices.storage-gb-month)")));
  }

  private static String money(BigDecimal amount) {
    return amount.setScale(2, RoundingMode.HALF_UP).toPlainString();
  }
}
