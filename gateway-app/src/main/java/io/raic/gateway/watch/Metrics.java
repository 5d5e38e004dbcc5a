package io.raic.gateway.watch;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.raic.cloud.resilience.ProviderHealth;
import io.raic.gateway.watch.FileCounts.Redundancy;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * All metrics, in the text format of Prometheus. What the gateway counts by itself is looked up
 * when it is asked for, and costs nothing until then. For any thread.
 */
public final class Metrics implements MultiCollector {
  static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry;
  private final Supplier<List<ProviderHealth>> providers;
  private final Probes probes;
  private final GatewayMetrics gateway;
  private final Supplier<Optional<FileCounts>> files;
  private final Supplier<Optional<TokenUsage>> tokens;

  /** Adds the gateway's own metrics to those of the libraries in {@code registry}. */
  public Metrics(
      PrometheusMeterRegistry registry,
      Supplier<List<ProviderHealth>> providers,
      Probes probes,
      GatewayMetrics gateway,
      Supplier<Optional<FileCounts>> files,
      Supplier<Optional<TokenUsage>> tokens) {
    this.registry = registry;
    this.providers = providers;
    this.probes = probes;
    this.gateway = gateway;
    this.files = files;
    this.tokens = tokens;
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
    files.get().ifPresent(known -> add(known, samples));
    tokens.get().ifPresent(known -> add(known, samples));
    return samples.snapshots();
  }

  private static void add(FileCounts files, Samples samples) {
    var counts = files.byRedundancy();
    for (var redundancy : Redundancy.values()) {
      samples.gauge(
          "raic_files",
          "Stored files by how many of their shares are left.",
          counts.getOrDefault(redundancy, 0L),
          "redundancy",
          redundancy.label());
    }
  }

  private static void add(TokenUsage usage, Samples samples) {
    for (var token : usage.tokens()) {
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
