package io.raic.gateway;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micrometer.tracing.Tracer;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.raic.gateway.catalog.Recorder;
import io.raic.gateway.file.TransferBoard;
import io.raic.gateway.grid.Grid;
import io.raic.gateway.grid.TransferBudget;
import io.raic.gateway.repair.Repairer;
import io.raic.gateway.schedule.Scheduler;
import io.raic.gateway.state.Database;
import io.raic.gateway.watch.DatabaseCheck;
import io.raic.gateway.watch.FileCounts;
import io.raic.gateway.watch.GatewayMetrics;
import io.raic.gateway.watch.Metrics;
import io.raic.gateway.watch.PlainSpans;
import io.raic.gateway.watch.Probes;
import io.raic.gateway.watch.RequestNames;
import io.raic.gateway.watch.TokenUsage;
import io.raic.gateway.watch.Traces;
import io.raic.gateway.watch.TransfersEnd;
import io.raic.gateway.watch.WatchServer;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;

/** Joins what watches the gateway with the gateway. */
@Configuration(proxyBeanMethods = false)
class WatchWiring {
  /** By the time that a port is known it is one that the gateway listens on. */
  private static final String GATEWAY_PORT = "server.port";

  @Bean
  Traces traces(GatewayProperties properties, ObjectProvider<Tracer> tracer) {
    return new Traces(properties.tracing().endpoint().map(_ -> tracer.getObject()));
  }

  /** Every exporter there is gets to see no more than it should. */
  @Bean
  static BeanPostProcessor plainSpans() {
    return new BeanPostProcessor() {
      @Override
      public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof SpanExporter exporter ? new PlainSpans(exporter) : bean;
      }
    };
  }

  @Bean
  RequestNames requestNames() {
    return new RequestNames();
  }

  @Bean
  DatabaseCheck databaseCheck(Database database, Scheduler scheduler) {
    return new DatabaseCheck(database, scheduler);
  }

  @Bean
  Probes probes(
      GatewayProperties properties,
      Grid grid,
      Guards guards,
      DatabaseCheck check,
      Scheduler scheduler,
      ObjectProvider<FileCounts> files) {
    boolean isNeeded = properties.auth().mode() == OperatorProperties.AuthMode.TOKEN;
    return new Probes(
        grid.rules(),
        guards::health,
        () -> !isNeeded || check.getAsBoolean(),
        () -> Optional.ofNullable(files.getIfAvailable()),
        scheduler);
  }

  @Bean
  GatewayMetrics gatewayMetrics(
      Grid grid,
      TransferBudget budget,
      TransferBoard transfers,
      Repairer repairer,
      Recorder recorder) {
    return new GatewayMetrics(grid, budget, transfers, repairer, recorder::missed);
  }

  @Bean(initMethod = "register")
  Metrics metrics(
      PrometheusMeterRegistry registry,
      Guards guards,
      Probes probes,
      GatewayMetrics gateway,
      DatabaseCheck check,
      ObjectProvider<FileCounts> files,
      ObjectProvider<TokenUsage> tokens,
      Scheduler scheduler) {
    return new Metrics(
        registry,
        guards::health,
        probes,
        gateway,
        check,
        () -> Optional.ofNullable(files.getIfAvailable()),
        () -> Optional.ofNullable(tokens.getIfAvailable()),
        scheduler);
  }

  @Bean
  WatchServer watchServer(
      GatewayProperties properties, Environment environment, Probes probes, Metrics metrics) {
    var settings = properties.management();
    int gatewayPort = environment.getProperty(GATEWAY_PORT, Integer.class, properties.port());
    return new WatchServer(
        settings.address(), WatchServer.port(settings.port(), gatewayPort), probes, metrics);
  }

  @Bean
  TransfersEnd transfersEnd(TransferBoard transfers, Scheduler scheduler) {
    return new TransfersEnd(transfers, scheduler);
  }

  /** Who starts, starts it: a class of its own, so that it does not need what it tells. */
  @Bean
  Moments moments(Probes probes, WatchServer server) {
    return new Moments(probes, server);
  }

  /**
   * Tells those that watch how far the gateway is.
   *
   * @param probes who are asked for it
   * @param server where they are asked
   */
  record Moments(Probes probes, WatchServer server) {
    /** First the gateway's own port: if that is taken, that is what has to be said. */
    @EventListener(WebServerInitializedEvent.class)
    void listens() {
      server.start();
    }

    @EventListener(ApplicationReadyEvent.class)
    void started() {
      probes.started();
    }

    @EventListener(ContextClosedEvent.class)
    void stopping() {
      probes.stopping();
    }
  }
}
