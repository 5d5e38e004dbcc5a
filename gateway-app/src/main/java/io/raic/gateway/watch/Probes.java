package io.raic.gateway.watch;

import io.raic.cloud.resilience.ProviderHealth;
import io.raic.cloud.resilience.ProviderReport;
import io.raic.gateway.grid.Placement;
import io.raic.gateway.schedule.Scheduler;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Answers whether the gateway lives, is started, can serve, and could without a provider. Nothing
 * here waits for a provider, or for longer than a second for a database. For any thread.
 */
public final class Probes {
  private final Placement rules;
  private final Supplier<List<ProviderHealth>> providers;
  private final BooleanSupplier databaseWorks;
  private final Supplier<Optional<FileCounts>> files;
  private final Scheduler scheduler;

  /** By the provider without which; of providers that there are. */
  private final Map<String, LastAnswer<Long>> unreadable = new ConcurrentHashMap<>();

  private volatile Phase phase = Phase.STARTING;

  /** How far the gateway is. */
  private enum Phase {
    STARTING,
    RUNNING,
    STOPPING
  }

  /**
   * Starts with a gateway that has not started.
   *
   * @param databaseWorks whether what the gateway cannot do without answers
   * @param files asks the database, for as long as that takes; empty if nobody knows
   */
  public Probes(
      Placement rules,
      Supplier<List<ProviderHealth>> providers,
      BooleanSupplier databaseWorks,
      Supplier<Optional<FileCounts>> files,
      Scheduler scheduler) {
    this.rules = rules;
    this.providers = providers;
    this.databaseWorks = databaseWorks;
    this.files = files;
    this.scheduler = scheduler;
  }

  /** Notes that requests are served from now on. */
  public void started() {
    phase = Phase.RUNNING;
  }

  /** Notes that no new requests are served from now on. */
  public void stopping() {
    phase = Phase.STOPPING;
  }

  ClusterHealth cluster() {
    return ClusterHealth.of(rules, reports(), Optional.empty());
  }

  private List<ProviderReport> reports() {
    return providers.get().stream().map(ProviderHealth::report).toList();
  }

  /** Says that the process answers; how providers do is nothing that a new process would change. */
  ProbeAnswer live() {
    return ProbeAnswer.good("alive");
  }

  ProbeAnswer startup() {
    return phase == Phase.STARTING
        ? ProbeAnswer.bad("starting", List.of("the gateway is starting"))
        : ProbeAnswer.good("started");
  }

  ProbeAnswer ready() {
    return switch (phase) {
      case STARTING -> ProbeAnswer.bad("starting", List.of("the gateway is starting"));
      case STOPPING -> ProbeAnswer.bad("stopping", List.of("the gateway is stopping"));
      case RUNNING -> readyNow();
    };
  }

  private ProbeAnswer readyNow() {
    if (!databaseWorks.getAsBoolean()) {
      return ProbeAnswer.bad(
          "no database", List.of("the database with the tokens does not answer"));
    }
    var cluster = cluster();
    if (!cluster.reads()) {
      return ProbeAnswer.bad("below read quorum", cluster.reasons());
    }
    if (!cluster.writes()) {
      return new ProbeAnswer(200, "below write quorum", cluster.reasons(), Optional.empty());
    }
    String status = cluster.reasons().isEmpty() ? "ready" : "degraded";
    return new ProbeAnswer(200, status, cluster.reasons(), Optional.empty());
  }

  /** Says whether everything could go on if {@code provider} were taken down now. */
  ProbeAnswer without(String provider) {
    var reports = reports();
    if (reports.stream().noneMatch(report -> report.id().equals(provider))) {
      return new ProbeAnswer(
          404, "unknown", List.of("there is no such provider"), Optional.empty());
    }
    var cluster = ClusterHealth.of(rules, reports, Optional.of(provider));
    boolean isSafe = cluster.readsAll() && cluster.writes();
    var lost = unreadableWithout(provider);
    if (isSafe && files.get().isPresent() && lost.isEmpty()) {
      // Nothing is safe that nobody knows.
      return ProbeAnswer.bad("unknown", List.of("the database with the catalog does not answer"));
    }
    isSafe &= lost.orElse(0L) == 0;
    return new ProbeAnswer(
        isSafe ? 200 : 503, isSafe ? "safe" : "not safe", cluster.reasons(), lost);
  }

  /** Returns nothing if that is not known, or not now. */
  private Optional<Long> unreadableWithout(String provider) {
    return unreadable
        .computeIfAbsent(
            provider,
            id ->
                new LastAnswer<>(
                    "files-without",
                    () -> files.get().map(known -> known.unreadableWithout(id)),
                    scheduler))
        .get();
  }

  /** As {@link #without}, with all of them. */
  ProbeAnswer all() {
    var cluster = cluster();
    boolean isWell = cluster.readsAll() && cluster.writes();
    return new ProbeAnswer(
        isWell ? 200 : 503, isWell ? "safe" : "not safe", cluster.reasons(), Optional.empty());
  }
}
