package io.raic.gateway;

import io.raic.crypto.file.Calibration;
import io.raic.crypto.file.Encoding;
import io.raic.gateway.access.AccessFilter;
import io.raic.gateway.access.Bookkeeping;
import io.raic.gateway.access.Doorkeeper;
import io.raic.gateway.access.Quotas;
import io.raic.gateway.access.Tokens;
import io.raic.gateway.access.Usage;
import io.raic.gateway.catalog.Catalog;
import io.raic.gateway.catalog.Checker;
import io.raic.gateway.catalog.Recorder;
import io.raic.gateway.file.ConvergenceSecret;
import io.raic.gateway.file.Downloader;
import io.raic.gateway.file.SegmentCache;
import io.raic.gateway.file.TransferBoard;
import io.raic.gateway.file.Uploader;
import io.raic.gateway.grid.Grid;
import io.raic.gateway.grid.GridListener;
import io.raic.gateway.grid.Placement;
import io.raic.gateway.grid.TransferBudget;
import io.raic.gateway.provider.Drivers;
import io.raic.gateway.provider.OpenProviders;
import io.raic.gateway.provider.Providers;
import io.raic.gateway.provider.StandingOrders;
import io.raic.gateway.repair.Mender;
import io.raic.gateway.repair.Repairer;
import io.raic.gateway.schedule.Scheduler;
import io.raic.gateway.schedule.VirtualThreads;
import io.raic.gateway.state.Database;
import io.raic.gateway.state.Jobs;
import io.raic.gateway.watch.Traces;
import io.raic.gateway.web.HostNames;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.context.event.EventListener;

/** Joins the parts. */
@Configuration(proxyBeanMethods = false)
class Wiring {
  private static final Logger LOG = LoggerFactory.getLogger(Wiring.class);
  private static final Duration SWEEP_PAUSE = Duration.ofMinutes(10);

  @Bean
  DataDirectory dataDirectory(GatewayProperties properties) {
    properties.auth().requireSafe(properties.address());
    return DataDirectory.open(properties.data());
  }

  @Bean
  Database database(GatewayProperties properties, DataDirectory data) {
    return Database.open(properties.database().in(data.path()));
  }

  @Bean
  Tokens tokens(Database database) {
    return new Tokens(database, InstantSource.system(), new SecureRandom());
  }

  @Bean
  Usage usage(Database database) {
    return new Usage(database);
  }

  @Bean
  Quotas quotas(Database database, Usage usage, Scheduler scheduler) {
    return new Quotas(
        database, usage, InstantSource.system(), new SecureRandom(), Quotas.PATIENCE, scheduler);
  }

  @Bean
  Bookkeeping bookkeeping(Quotas quotas, Usage usage, Scheduler scheduler) {
    return Bookkeeping.start(quotas, usage, scheduler);
  }

  @Bean
  AccessFilter accessFilter(
      GatewayProperties properties, Tokens tokens, Usage usage, Scheduler scheduler) {
    return new AccessFilter(
        switch (properties.auth().mode()) {
          case OPEN -> Optional.empty();
          case TOKEN ->
              Optional.of(new Doorkeeper(tokens, usage, InstantSource.system(), scheduler));
        });
  }

  @Bean
  TlsServer tlsServer(GatewayProperties properties, Scheduler scheduler) {
    return new TlsServer(properties.tls().files(), scheduler);
  }

  @Bean
  Drivers drivers() {
    return Drivers.all();
  }

  @Bean
  Providers providers(GatewayProperties properties, Drivers drivers, DataDirectory data) {
    return Providers.of(properties.providers(), data.path(), drivers);
  }

  @Bean
  Scheduler scheduler(Traces traces) {
    return traces.around(new VirtualThreads());
  }

  @Bean
  Guards guards(GatewayProperties properties, DataDirectory data) {
    return new Guards(data.limits(), properties.circuits().policy());
  }

  @Bean
  OpenProviders openProviders(Providers providers, Guards guards, Traces traces) {
    return providers.open((settings, driver) -> traces.around(guards.guard(settings, driver)));
  }

  /** They hold before the grid asks the stores for anything. */
  @Bean
  StandingOrders standingOrders(
      Database database, OpenProviders stores, Guards guards, Scheduler scheduler) {
    var health = guards.health();
    if (health.size() != stores.stores().size()) {
      throw new IllegalStateException("every store has a guard");
    }
    var orders = new StandingOrders(database, health, InstantSource.system(), scheduler);
    orders.start();
    return orders;
  }

  @Bean
  Catalog catalog(Database database) {
    return new Catalog(database);
  }

  /** Ends after the grid, which tells it what goes on. */
  @Bean
  Recorder recorder(Database database, Scheduler scheduler) {
    return new Recorder(database, WatchedState::tokenOfThisThread, Recorder.PATIENCE, scheduler);
  }

  /** What it tells as it is closed can still be written down. */
  @Bean
  @DependsOn({"database", "standingOrders"})
  Grid grid(
      GatewayProperties properties,
      Providers providers,
      OpenProviders stores,
      Guards guards,
      DataDirectory data,
      Scheduler scheduler,
      List<GridListener> listeners)
      throws IOException {
    var shares = properties.shares();
    var rules =
        Placement.forNewFiles(
            shares.needed(), shares.total(), shares.happy(), providers.operators());
    var grid =
        new Grid(
            stores.stores(),
            rules,
            properties.waits().limits(),
            encoding(properties).maxSegmentBytes(),
            data.leftovers(),
            scheduler,
            listeners);
    guards.startProbing();
    grid.sweepEvery(SWEEP_PAUSE);
    return grid;
  }

  private static Encoding encoding(GatewayProperties properties) {
    return new Encoding(
        properties.needed(),
        properties.total(),
        Math.toIntExact(properties.segmentSize().toBytes()));
  }

  /**
   * Vector kernels take seconds of processor time to be compiled: not while a client waits. What is
   * fastest does not depend on what else the machine does.
   */
  @EventListener(ApplicationReadyEvent.class)
  void chooseKernel() {
    VirtualThreads.measuredThread("kernel", clock -> LOG.info(Calibration.run(clock)));
  }

  @Bean
  HostNames hostNames(GatewayProperties properties) {
    return new HostNames(properties.address(), properties.hostNames());
  }

  @Bean
  TransferBudget transferBudget(GatewayProperties properties, Scheduler scheduler) {
    return new TransferBudget(
        properties.transfers().memoryBytes(), properties.transfers().patience(), scheduler);
  }

  @Bean
  TransferBoard transferBoard(Scheduler scheduler) {
    return new TransferBoard(scheduler);
  }

  @Bean
  Uploader uploader(
      GatewayProperties properties,
      Grid grid,
      TransferBudget budget,
      DataDirectory data,
      TransferBoard board)
      throws IOException {
    var random = new SecureRandom();
    return new Uploader(
        grid,
        encoding(properties),
        ConvergenceSecret.loadOrCreate(data.convergence(), random),
        data.temporary(),
        Math.toIntExact(properties.transfers().spoolMemory().toBytes()),
        budget,
        random,
        board);
  }

  @Bean
  Downloader downloader(
      GatewayProperties properties,
      Grid grid,
      TransferBudget budget,
      DataDirectory data,
      Scheduler scheduler,
      TransferBoard board) {
    var settings = properties.cache();
    var cache =
        SegmentCache.open(
            settings.directoryOr(data.cache()),
            settings.size().toBytes(),
            scheduler,
            new SecureRandom());
    return new Downloader(grid, budget, cache, board);
  }

  @Bean
  Repairer repairer(Grid grid, TransferBudget budget) {
    return new Repairer(grid, budget);
  }

  @Bean
  Mender mender(Grid grid, Repairer repairer, TransferBudget budget, Scheduler scheduler) {
    var mender = new Mender(grid, repairer, budget, scheduler);
    mender.mendEvery(SWEEP_PAUSE);
    return mender;
  }

  /** What one of the gateways that share the database does. */
  @Bean
  Jobs jobs(
      GatewayProperties properties,
      Database database,
      Catalog catalog,
      Repairer repairer,
      TransferBudget budget) {
    var settings = properties.catalog();
    var checker =
        new Checker(
            catalog,
            repairer,
            budget,
            settings.checkEvery(),
            settings.checksPerHour(),
            InstantSource.system());
    return Jobs.start(
        database,
        settings.checkEvery().isZero()
            ? List.of()
            : List.of(new Jobs.Job("check-files", Checker.PAUSE, checker::run)));
  }
}
