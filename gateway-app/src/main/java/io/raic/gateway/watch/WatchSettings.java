package io.raic.gateway.watch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Says in Spring's words what the settings of the gateway mean for logs and traces. What is not
 * wanted is left out altogether: it would cost threads and time at the start.
 */
public final class WatchSettings implements EnvironmentPostProcessor {
  private static final String EXCLUDED = "spring.autoconfigure.exclude";
  private static final String BOOT = "org.springframework.boot.";

  /**
   * The first three would put what watches on the gateway's port, or start a second application;
   * the others would send metrics and logs to whatever listens on a usual port of this machine.
   */
  private static final List<String> NEVER =
      List.of(
          BOOT + "actuate.autoconfigure.web.server.ManagementContextAutoConfiguration",
          BOOT + "servlet.autoconfigure.actuate.web.ServletManagementContextAutoConfiguration",
          BOOT
              + "jetty.autoconfigure.actuate.web.server"
              + ".JettyServletManagementContextAutoConfiguration",
          BOOT + "micrometer.metrics.autoconfigure.export.otlp.OtlpMetricsExportAutoConfiguration",
          BOOT + "opentelemetry.autoconfigure.logging.OpenTelemetryLoggingAutoConfiguration",
          BOOT + "opentelemetry.autoconfigure.logging.otlp.OtlpLoggingAutoConfiguration");

  private static final List<String> ONLY_FOR_TRACES =
      List.of(
          BOOT + "opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration",
          BOOT + "micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration",
          BOOT
              + "micrometer.tracing.opentelemetry.autoconfigure"
              + ".OpenTelemetryTracingAutoConfiguration",
          BOOT
              + "micrometer.tracing.opentelemetry.autoconfigure.otlp"
              + ".OtlpTracingAutoConfiguration",
          BOOT + "micrometer.tracing.autoconfigure.otlp.OtlpExemplarsAutoConfiguration",
          BOOT
              + "micrometer.tracing.autoconfigure.prometheus"
              + ".PrometheusExemplarsAutoConfiguration");

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    var endpoint =
        Optional.ofNullable(environment.getProperty("raic.tracing.endpoint"))
            .filter(given -> !given.isBlank());
    var settings = new HashMap<String, Object>();
    var excluded = new ArrayList<>(already(environment));
    excluded.addAll(NEVER);
    if (endpoint.isPresent()) {
      settings.put("management.opentelemetry.tracing.export.otlp.endpoint", endpoint.get());
    } else {
      excluded.addAll(ONLY_FOR_TRACES);
    }
    settings.put(EXCLUDED, String.join(",", excluded));
    settings.put("logging.expect-correlation-id", endpoint.isPresent());
    if ("json".equalsIgnoreCase(environment.getProperty("raic.log.format"))) {
      settings.put("logging.structured.format.console", "ecs");
    }
    environment
        .getPropertySources()
        .addFirst(new MapPropertySource("raic-watch", Map.copyOf(settings)));
  }

  private static List<String> already(ConfigurableEnvironment environment) {
    return Binder.get(environment)
        .bind(EXCLUDED, Bindable.listOf(String.class))
        .orElseGet(List::of);
  }
}
