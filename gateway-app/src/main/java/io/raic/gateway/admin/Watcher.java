package io.raic.gateway.admin;

import io.raic.cloud.resilience.CircuitState;
import io.raic.cloud.resilience.Kind;
import io.raic.cloud.resilience.Transition;
import io.raic.gateway.file.TransferBoard;
import io.raic.gateway.grid.Grid;
import io.raic.gateway.schedule.Scheduler;
import io.raic.gateway.schedule.Strand;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the providers and the transfers every second, tells the {@link Feed} what changed, and
 * keeps what charts and timelines draw: an hour in memory, more in the {@link History}. It waits
 * for no provider and no database.
 *
 * <p>For any thread; {@link #look} for the one that is started, or a test's.
 */
public final class Watcher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Watcher.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration SAMPLE = Duration.ofSeconds(5);
  private static final Duration PRUNING = Duration.ofHours(1);

  private final List<ProviderWatch> providers;
  private final TransferBoard transfers;
  private final Grid grid;
  private final Feed feed;
  private final HistoryWriter history;
  private final EventLog events;
  private final InstantSource clock;
  private final Scheduler scheduler;
  private final Instant start;
  private final Ring<Sample> samples = new Ring<>(ProviderWatch.SAMPLES);
  private Optional<Strand> strand = Optional.empty();
  private TransferBoard.Totals sampled;
  private TransferBoard.Totals counted;
  private Instant lastSample;
  private Instant lastSlot;
  private Instant lastPruning = Instant.EPOCH;
  private List<List<Object>> state = List.of();
  private int running;
  private int shortfalls;

  /** Looks at {@code providers}, in the order of the configuration; nothing happens yet. */
  public Watcher(
      List<WatchedProvider> providers,
      TransferBoard transfers,
      Grid grid,
      Feed feed,
      HistoryWriter history,
      EventLog events,
      InstantSource clock,
      Scheduler scheduler) {
    this.start = clock.instant();
    this.providers = providers.stream().map(p -> new ProviderWatch(p, start)).toList();
    this.transfers = transfers;
    this.grid = grid;
    this.feed = feed;
    this.history = history;
    this.events = events;
    this.clock = clock;
    this.scheduler = scheduler;
    this.sampled = transfers.totals();
    this.counted = sampled;
    this.lastSample = start;
    this.lastSlot = start;
    this.shortfalls = grid.shortfalls().size();
  }

  /** Looks now and then, until this is closed; for one call. */
  public void watch() {
    strand = Optional.of(scheduler.start("dashboard", this::lookUntilInterrupted));
  }

  private void lookUntilInterrupted() {
    try {
      while (true) {
        try {
          look();
        } catch (RuntimeException e) {
          LOG.warn("the dashboard could not look at the gateway: {}", e.getMessage());
        }
        scheduler.sleep(PAUSE);
      }
    } catch (InterruptedException _) {
      // Closed.
    }
  }

  /** Looks once. */
  public void look() {
    var now = clock.instant();
    for (var provider : providers) {
      provider.look(now).forEach(transition -> tell(provider.provider().id(), transition));
    }
    lookAtShortfalls(now);
    var next = providers.stream().map(ProviderWatch::state).toList();
    if (!next.equals(state)) {
      state = next;
      feed.tell(Feed.Topic.STATE);
    }
    int wasRunning = running;
    running = transfers.running().size();
    if (running + wasRunning > 0) {
      feed.tell(Feed.Topic.TRANSFERS);
    }
    var took = Duration.between(lastSample, now);
    if (took.compareTo(SAMPLE) >= 0) {
      lastSample = now;
      sample(now, took);
      feed.tell(Feed.Topic.SAMPLE);
    }
    keep(now);
  }

  private void tell(String provider, Transition transition) {
    String kind = transition.kind() == Kind.READ ? "Reading" : "Writing";
    String what =
        switch (transition.to()) {
          case CLOSED -> kind + " goes on";
          case OPEN -> kind + " is stopped";
          case HALF_OPEN -> kind + " is being tried";
          case FORCED_OPEN -> kind + " is stopped by hand";
        };
    var level =
        switch (transition.to()) {
          case CLOSED -> Level.OK;
          case HALF_OPEN -> Level.UNKNOWN;
          case OPEN, FORCED_OPEN ->
              transition.from() == CircuitState.CLOSED ? Level.BAD : Level.WARN;
        };
    events.add(level, provider, what + ": " + transition.reason(), transition.at());
  }

  private void lookAtShortfalls(Instant now) {
    int before = shortfalls;
    shortfalls = grid.shortfalls().size();
    if (before == 0 && shortfalls > 0) {
      events.add(Level.WARN, History.GATEWAY, "Files were stored with fewer shares than all.", now);
    } else if (before > 0 && shortfalls == 0) {
      events.add(Level.OK, History.GATEWAY, "No file is known any more that lacks shares.", now);
    }
  }

  private void sample(Instant now, Duration took) {
    providers.forEach(provider -> provider.sample(now, took));
    var totals = transfers.totals();
    var since = totals.since(sampled);
    sampled = totals;
    samples.add(
        new Sample(
            now,
            took,
            since.bytesIn(),
            since.bytesOut(),
            since.succeeded() + since.failed(),
            since.failed(),
            since.succeeded() == 0 ? Duration.ZERO : since.quantile(0.5),
            since.succeeded() == 0 ? Duration.ZERO : since.quantile(0.99),
            Sample.Standing.CLOSED,
            Sample.Standing.CLOSED));
  }

  private void keep(Instant now) {
    if (History.Resolution.MINUTE.start(now).equals(History.Resolution.MINUTE.start(lastSlot))) {
      return;
    }
    var slots = new TreeMap<String, Slot>();
    providers.forEach(provider -> slots.put(provider.provider().id(), provider.drain(now)));
    slots.put(History.GATEWAY, ownSlot(now));
    lastSlot = now;
    history.add(slots);
    if (Duration.between(lastPruning, now).compareTo(PRUNING) >= 0) {
      history.prune(now);
      lastPruning = now;
    }
  }

  private Slot ownSlot(Instant now) {
    var totals = transfers.totals();
    var since = totals.since(counted);
    counted = totals;
    return new Slot(
        lastSlot,
        Duration.between(lastSlot, now).toMillis(),
        0,
        0,
        since.succeeded() + since.failed(),
        since.failed(),
        since.bytesOut(),
        since.bytesIn());
  }

  /** Returns the providers, in the order of the configuration. */
  List<ProviderWatch> providers() {
    return providers;
  }

  /** Returns the provider called {@code id}. */
  Optional<ProviderWatch> provider(String id) {
    return providers.stream().filter(p -> p.provider().id().equals(id)).findFirst();
  }

  /** Returns the samples of the gateway's own transfers, the oldest first. */
  List<Sample> samples() {
    return samples.list();
  }

  /** Returns when this gateway began to look. */
  Instant start() {
    return start;
  }

  /** Returns the samples by subject, for charts. */
  List<Sample> samples(String subject) {
    return subject.equals(History.GATEWAY)
        ? samples()
        : provider(subject).map(ProviderWatch::samples).orElse(List.of());
  }

  /** Returns what stores do not take what is read or written now, and why. */
  Map<String, String> down(Kind kind) {
    var down = new TreeMap<String, String>();
    for (var provider : providers) {
      var standing = provider.standing(kind);
      if (standing != Sample.Standing.CLOSED) {
        down.put(provider.provider().id(), reason(provider, kind, standing));
      }
    }
    return down;
  }

  static String reason(ProviderWatch provider, Kind kind, Sample.Standing standing) {
    return standing == Sample.Standing.PAUSED
        ? provider.report().writesPaused().orElse("")
        : provider.report().circuit(kind).reason();
  }

  @Override
  public void close() {
    strand.ifPresent(Strand::interrupt);
    feed.close();
  }
}
