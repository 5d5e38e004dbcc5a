package io.raic.gateway.provider;

import io.raic.cloud.resilience.Kind;
import io.raic.cloud.resilience.ProviderHealth;
import io.raic.gateway.schedule.Scheduler;
import io.raic.gateway.schedule.Strand;
import io.raic.gateway.state.Database;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * What people have ordered of providers, until they take it back: it holds for all gateways of a
 * database within {@link #PAUSE}, and again after a restart.
 *
 * <p>For any number of threads. Orders that cannot be kept are not given: the error is the
 * database's.
 */
public final class StandingOrders implements AutoCloseable {
  /** How often is looked what other gateways were ordered. */
  public static final Duration PAUSE = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(StandingOrders.class);

  private enum Order {
    PAUSE_WRITES("pause-writes"),
    FORCE_OPEN("force-open");

    private final String word;

    Order(String word) {
      this.word = word;
    }

    void begin(ProviderHealth provider, String reason) {
      switch (this) {
        case PAUSE_WRITES -> provider.pauseWrites(reason);
        case FORCE_OPEN -> {
          for (var kind : Kind.values()) {
            provider.forceOpen(kind, reason);
          }
        }
      }
    }

    void end(ProviderHealth provider) {
      switch (this) {
        case PAUSE_WRITES -> provider.resumeWrites();
        case FORCE_OPEN -> {
          for (var kind : Kind.values()) {
            provider.reset(kind);
          }
        }
      }
    }
  }

  private record Standing(String provider, Order order) {}

  private final Database database;
  private final Map<String, ProviderHealth> providers = new LinkedHashMap<>();
  private final InstantSource clock;
  private final Scheduler scheduler;
  private final Map<Standing, String> obeyed = new HashMap<>();
  private Optional<Strand> strand = Optional.empty();

  /** Will give the orders in {@code database} to {@code providers}; nothing is read yet. */
  public StandingOrders(
      Database database, List<ProviderHealth> providers, InstantSource clock, Scheduler scheduler) {
    this.database = database;
    providers.forEach(provider -> this.providers.put(provider.id(), provider));
    this.clock = clock;
    this.scheduler = scheduler;
  }

  /** Gives the orders that stand, and from now on those that come; for one call. */
  public void start() {
    obey();
    strand = Optional.of(scheduler.start("orders", this::obeyUntilInterrupted));
  }

  /** Keeps new uploads away from a provider; {@code reason} is a line for those that wonder. */
  public void pauseWrites(String provider, String reason) {
    keep(new Standing(provider, Order.PAUSE_WRITES), reason);
    obey();
  }

  /** Ends that. */
  public void resumeWrites(String provider) {
    takeBack(new Standing(provider, Order.PAUSE_WRITES));
    obey();
  }

  /** Keeps all calls away from a provider; {@code reason} is a line for those that wonder. */
  public void forceOpen(String provider, String reason) {
    keep(new Standing(provider, Order.FORCE_OPEN), reason);
    obey();
  }

  /** Ends that, and lets calls through again whatever else kept them away from this gateway. */
  public void reset(String provider) {
    var standing = new Standing(provider, Order.FORCE_OPEN);
    takeBack(standing);
    obey();
    Optional.ofNullable(providers.get(provider)).ifPresent(standing.order()::end);
  }

  /** Sends a canary to a provider, from this gateway; nothing of it stands. */
  public void probeNow(String provider) {
    Optional.ofNullable(providers.get(provider)).ifPresent(ProviderHealth::probeNow);
  }

  private void keep(Standing standing, String reason) {
    database
        .sql()
        .sql(
            "insert into provider_order (provider, kind, reason, at) values (?, ?, ?, ?)"
                + " on conflict (provider, kind) do update set reason = excluded.reason, at ="
                + " excluded.at")
        .params(standing.provider(), standing.order().word, reason, clock.millis())
        .update();
  }

  private void takeBack(Standing standing) {
    database
        .sql()
        .sql("delete from provider_order where provider = ? and kind = ?")
        .params(standing.provider(), standing.order().word)
        .update();
  }

  /** Does what stands and was not done yet, and undoes what does not stand any more. */
  synchronized void obey() {
    var standing = read();
    standing.forEach((order, reason) -> {
      if (!reason.equals(obeyed.put(order, reason))) {
        Optional.ofNullable(providers.get(order.provider()))
            .ifPresent(provider -> order.order().begin(provider, reason));
      }
    });
    obeyed
        .keySet()
        .removeIf(order -> {
          boolean isOver = !standing.containsKey(order);
          if (isOver) {
            Optional.ofNullable(providers.get(order.provider())).ifPresent(order.order()::end);
          }
          return isOver;
        });
  }

  /** Those for providers that this gateway does not have are for others. */
  private Map<Standing, String> read() {
    var standing = new LinkedHashMap<Standing, String>();
    database
        .sql()
        .sql("select provider, kind, reason from provider_order")
        .query(row -> {
          for (var order : Order.values()) {
            if (order.word.equals(row.getString(2)) && providers.containsKey(row.getString(1))) {
              standing.put(new Standing(row.getString(1), order), row.getString(3));
            }
          }
        });
    return standing;
  }

  private void obeyUntilInterrupted() {
    boolean failed = false;
    try {
      while (true) {
        scheduler.sleep(PAUSE);
        try {
          obey();
          failed = false;
        } catch (DataAccessException e) {
          if (!failed) {
            LOG.warn(
                "what other gateways were ordered of providers cannot be read: {}; it is tried"
                    + " again",
                e.getClass().getSimpleName());
          }
          failed = true;
        }
      }
    } catch (InterruptedException _) {
      // Closed.
    }
  }

  @Override
  public void close() {
    strand.ifPresent(Strand::interrupt);
  }
}
