package io.raic.gateway.watch;

import io.raic.cloud.Operation;
import io.raic.cloud.resilience.CircuitState;
import io.raic.cloud.resilience.Kind;
import io.raic.cloud.resilience.OperationReport;
import io.raic.cloud.resilience.Outcome;
import io.raic.cloud.resilience.ProviderReport;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** What the guards have counted, as samples: calls pay nothing for it. */
final class ProviderMetrics {
  private static final String STATE = "raic_provider_circuit_state";
  private static final String SECONDS = "raic_provider_operation_seconds";
  private static final String ERRORS = "raic_provider_errors";
  private static final String BYTES = "raic_provider_bytes";

  private ProviderMetrics() {}

  static void add(List<ProviderReport> providers, Samples samples) {
    for (var provider : providers) {
      circuits(provider, samples);
      for (var operation : Operation.values()) {
        operation(provider.id(), word(operation), provider.operation(operation), samples);
      }
      bytes(provider, samples);
      usage(provider, samples);
    }
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static void circuits(ProviderReport provider, Samples samples) {
    for (var kind : Kind.values()) {
      var now = provider.circuit(kind).state();
      for (var state : CircuitState.values()) {
        samples.gauge(
            STATE,
            "1 for the state that the circuit of a provider is in, 0 for the others.",
            now == state ? 1 : 0,
            "provider",
            provider.id(),
            "kind",
            word(kind),
            "state",
            word(state));
      }
    }
  }

  private static void operation(
      String provider, String operation, OperationReport report, Samples samples) {
    String help = "How long calls took that were not given up.";
    if (report.done().count() > 0) {
      samples.histogram(
          SECONDS, help, report.done(), labels(provider, operation, "outcome", "done"));
    }
    if (report.failed().count() > 0) {
      samples.histogram(
          SECONDS, help, report.failed(), labels(provider, operation, "outcome", "failed"));
    }
    for (var outcome : Outcome.values()) {
      long count = report.count(outcome);
      if (!outcome.isDone() && count > 0) {
        samples.counter(
            ERRORS,
            "Calls that did not do what they should, or were not made.",
            count,
            labels(provider, operation, "error", word(outcome)));
      }
    }
  }

  private static String[] labels(String provider, String operation, String name, String value) {
    return new String[] {"provider", provider, "operation", operation, name, value};
  }

  private static void bytes(ProviderReport provider, Samples samples) {
    String help = "Bytes of shares that went to and came from a provider.";
    samples.counter(
        BYTES, help, provider.bytesRead(), "provider", provider.id(), "direction", "read");
    samples.counter(
        BYTES, help, provider.bytesWritten(), "provider", provider.id(), "direction", "write");
  }

  private static void usage(ProviderReport provider, Samples samples) {
    var usage = provider.usage();
    usage
        .storedBytes()
        .ifPresent(bytes ->
            samples.gauge(
                "raic_provider_stored_bytes",
                "Bytes kept at a provider; only counted where they are limited.",
                bytes,
                "provider",
                provider.id()));
    usage
        .maxBytes()
        .ifPresent(bytes ->
            samples.gauge(
                "raic_provider_stored_bytes_limit",
                "Bytes that may be kept at a provider, where that is limited.",
                bytes,
                "provider",
                provider.id()));
    samples.gauge(
        "raic_provider_requests_used",
        "Requests made of a provider this month.",
        usage.requestsThisMonth(),
        "provider",
        provider.id());
    usage
        .requestsPerMonth()
        .ifPresent(requests ->
            samples.gauge(
                "raic_provider_requests_limit",
                "Requests that may be made of a provider each month, where that is limited.",
                requests,
                "provider",
                provider.id()));
    provider
        .credentialsEnd()
        .map(Instant::getEpochSecond)
        .ifPresent(end ->
            samples.gauge(
                "raic_provider_credentials_end_seconds",
                "When the credentials of a provider end, in seconds since 1970, where known.",
                end,
                "provider",
                provider.id()));
  }
}
