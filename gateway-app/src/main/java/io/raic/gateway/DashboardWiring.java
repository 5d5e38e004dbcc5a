package io.raic.gateway;

import io.raic.gateway.admin.Assets;
import io.raic.gateway.admin.AuditView;
import io.raic.gateway.admin.Availability;
import io.raic.gateway.admin.EventLog;
import io.raic.gateway.admin.ExposureReport;
import io.raic.gateway.admin.Feed;
import io.raic.gateway.admin.FileDesk;
import io.raic.gateway.admin.FileMap;
import io.raic.gateway.admin.History;
import io.raic.gateway.admin.HistoryWriter;
import io.raic.gateway.admin.Outlook;
import io.raic.gateway.admin.Preview;
import io.raic.gateway.admin.ProviderPages;
import io.raic.gateway.admin.Redundancy;
import io.raic.gateway.admin.WatchedProvider;
import io.raic.gateway.admin.Watcher;
import io.raic.gateway.audit.AuditLog;
import io.raic.gateway.catalog.Catalog;
import io.raic.gateway.file.TransferBoard;
import io.raic.gateway.grid.Grid;
import io.raic.gateway.provider.OpenProviders;
import io.raic.gateway.provider.Providers;
import io.raic.gateway.repair.Repairer;
import io.raic.gateway.schedule.Scheduler;
import io.raic.gateway.state.Database;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;

/** Joins the parts of the dashboard. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "raic.admin.enabled", matchIfMissing = true)
class DashboardWiring {
  private final Feed feed = new Feed();

  @Bean
  Feed feed() {
    return feed;
  }

  /** Pages that listen would keep the server from ending. */
  @EventListener(ContextClosedEvent.class)
  void endStreams() {
    feed.close();
  }

  @Bean
  Assets assets() {
    return Assets.load();
  }

  @Bean
  History history(Database database, DataDirectory data) {
    var file = data.path().resolve("gateway-name");
    return new History(database, GatewayName.loadOrCreate(file, new SecureRandom()));
  }

  @Bean
  HistoryWriter historyWriter(History history, Scheduler scheduler) {
    return new HistoryWriter(history, scheduler);
  }

  @Bean
  EventLog eventLog(History history, HistoryWriter writer) {
    return new EventLog(history, writer, feed, new SecureRandom());
  }

  /** Both what is known of all files and of each. */
  @Bean
  CatalogPages catalogPages(Catalog catalog) {
    return new CatalogPages(catalog);
  }

  @Bean
  AuditView auditView(AuditLog audit) {
    return new AuditPages(audit);
  }

  @Bean
  Watcher watcher(
      Providers providers,
      OpenProviders stores,
      Guards guards,
      TransferBoard transfers,
      Grid grid,
      HistoryWriter history,
      EventLog events,
      Scheduler scheduler) {
    var health = guards.health();
    var summaries = stores.summaries();
    List<WatchedProvider> watched =
        IntStream.range(0, health.size())
            .mapToObj(i ->
                new WatchedProvider(
                    summaries.get(i), providers.all().get(i).prices(), health.get(i)))
            .toList();
    var watcher =
        new Watcher(
            watched, transfers, grid, feed, history, events, InstantSource.system(), scheduler);
    watcher.watch();
    return watcher;
  }

  @Bean
  Outlook outlook(Grid grid, Watcher watcher, Redundancy redundancy) {
    return new Outlook(grid, watcher, redundancy);
  }

  @Bean
  Preview preview(Outlook outlook, Watcher watcher, Grid grid) {
    return new Preview(outlook, watcher, grid.rules());
  }

  @Bean
  Availability availability(History history) {
    return new Availability(history);
  }

  @Bean
  ProviderPages providerPages(Redundancy redundancy, Availability availability) {
    return new ProviderPages(redundancy, availability, InstantSource.system());
  }

  @Bean
  ExposureReport exposureReport(Grid grid, Outlook outlook, OpenProviders stores) {
    return new ExposureReport(grid, outlook, stores.summaries());
  }

  @Bean
  FileDesk fileDesk(Repairer repairer, FileMap map, EventLog events, Scheduler scheduler) {
    return new FileDesk(
        repairer, map, events, feed, scheduler, InstantSource.system(), new SecureRandom());
  }
}
