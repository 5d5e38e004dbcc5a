package io.raic.gateway.watch;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.raic.cloud.resilience.ProviderHealth;
import io.raic.gateway.schedule.Scheduler;
import io.raic.gateway.watch.FileCounts.Redundancy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * All metrics, in the text format of Prometheus. What the gateway counts by itself is looked up
 * when it is asked for, and costs nothing until then. What a database that is down would tell is
 * left out, after part of a second. For any thread.
 */
public final class Metrics implements MultiCollector {
  static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry;
  private final Supplier<List<ProviderHealth>> providers;
  private final Probes probes;
  private final GatewayMetrics gateway;
  private final BooleanSupplier databaseWorks;
  private final LastAnswer<Map<Redundancy, Long>> files;
  private final LastAnswer<List<TokenUsage.OfToken>> tokens;

  /**
   * Adds the gateway's own metrics to those of the libraries in {@code registry}.
   *
   * @param databaseWorks answers within a second
   * @param files asks the database, for as long as that takes; so does {@code tokens}
   */
  public Metrics(
      PrometheusMeterRegistry registry,
      Supplier<List<ProviderHealth>> providers,
      Probes probes,
      GatewayMetrics gateway,
      BooleanSupplier databaseWorks,
      Supplier<Optional<FileCounts>> files,
      Supplier<Optional<TokenUsage>> tokens,
      Scheduler scheduler) {
    this.registry = registry;
    this.providers = providers;
    this.probes = probes;
    this.gateway = gateway;
    this.databaseWorks = databaseWorks;
    this.files =
        new LastAnswer<>("file-counts", () -> files.get().map(FileCounts::byRedundancy), scheduler);
    this.tokens =
        new LastAnswer<>("token-usage", () -> tokens.get().map(TokenUsage::tokens), scheduler);
  }

  /** Makes the gateway's own metrics part of what is scraped; for one call. */
  public void register() {
    registry.getPrometheusRegistry().register(this);
  }

  String scrape() {
    return registry.scrape(TYPE);
  }

  @Override
  public MetricSnapshots collect() {
    var samples = new Samples();
    var reports = providers.get().stream().map(ProviderHealth::report).toList();
    ProviderMetrics.add(reports, samples);
    gateway.add(samples);
    var cluster = probes.cluster();
    samples.gauge("raic_read_quorum", "1 if files can be read, 0 if not.", cluster.reads() ? 1 : 0);
    samples.gauge(
        "raic_write_quorum",
        "1 if files can be stored safely, 0 if not.",
        cluster.writes() ? 1 : 0);
    boolean works = databaseWorks.getAsBoolean();
    samples.gauge("raic_database_up", "1 if the database answers, 0 if not.", works ? 1 : 0);
    if (works) {
      files.get().ifPresent(counts -> addFiles(counts, samples));
      tokens.get().ifPresent(known -> addTokens(known, samples));
    }
    return samples.snapshots();
  }

  private static void addFiles(Map<Redundancy, Long> counts, Samples samples) {
    for (var redundancy : Redundancy.values()) {
      samples.gauge(
          "raic_files",
          "Stored files by how many of their shares are left.",
          counts.getOrDefault(redundancy, 0L),
          "redundancy",
          redundancy.label());
    }
  }

  private static void addTokens(List<TokenUsage.OfToken> tokens, Samples samples) {
    for (var token : tokens) {
      samples.gauge(
          "raic_token_stored_bytes",
          "Bytes stored with a token.",
          token.storedBytes(),
          "token",
          token.name());
      token
          .quotaBytes()
          .ifPresent(quota ->
              samples.gauge(
                  "raic_token_quota_bytes",
                  "Bytes that may be stored with a token, where that is limited.",
                  quota,
                  "token",
                  token.name()));
    }
  }
}
