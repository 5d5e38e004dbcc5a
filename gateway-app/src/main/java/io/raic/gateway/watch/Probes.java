package io.raic.gateway.watch;

import io.raic.cloud.resilience.ProviderHealth;
import io.raic.cloud.resilience.ProviderReport;
import io.raic.gateway.grid.Placement;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Answers whether the gateway lives, is started, can serve, and could without a provider. Nothing
 * here waits for a provider. For any thread.
 */
public final class Probes {
  private final Placement rules;
  private final Supplier<List<ProviderHealth>> providers;
  private final BooleanSupplier databaseWorks;
  private final Supplier<Optional<FileCounts>> files;
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
   */
  public Probes(
      Placement rules,
      Supplier<List<ProviderHealth>> providers,
      BooleanSupplier databaseWorks,
      Supplier<Optional<FileCounts>> files) {
    this.rules = rules;
    this.providers = providers;
    this.databaseWorks = databaseWorks;
    this.files = files;
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
    var unreadable = files.get().map(known -> known.unreadableWithout(provider));
    boolean isSafe = cluster.readsAll() && cluster.writes() && unreadable.orElse(0L) == 0;
    return new ProbeAnswer(
        isSafe ? 200 : 503, isSafe ? "safe" : "not safe", cluster.reasons(), unreadable);
  }

  /** As {@link #without}, with all of them. */
  ProbeAnswer all() {
    var cluster = cluster();
    boolean isWell = cluster.readsAll() && cluster.writes();
    return new ProbeAnswer(
        isWell ? 200 : 503, isWell ? "safe" : "not safe", cluster.reasons(), Optional.empty());
  }
}
