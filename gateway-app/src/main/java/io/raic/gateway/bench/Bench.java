package io.raic.gateway.bench;

import io.raic.gateway.grid.Store;
import io.raic.gateway.provider.OpenProviders;
import io.raic.gateway.provider.ProviderSettings;
import io.raic.gateway.provider.Providers;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Measures providers one after the other, then all at once, and advises on k and n.
 *
 * <p>A provider that fails does not keep the others from being measured. Whatever happens, what was
 * put is removed: of each provider before the next one begins.
 */
public final class Bench implements AutoCloseable {
  private static final int RANDOM_BYTES = 8;

  /** Below this name nothing but trials puts anything. */
  private static final String PREFIX = "raic-test/";

  private static final double NANOS = 1e9;

  private final List<ProviderSettings> providers;
  private final OpenProviders open;
  private final Workload work;
  private final LongSupplier nanoClock;

  /**
   * What came of it.
   *
   * @param figures of each provider
   * @param upTogether rate of uploads to all providers that work at once, in bytes per second
   * @param downTogether rate of downloads from all of them
   * @param advice which k and n to take
   * @param isWhole whether nobody stopped it
   */
  public record Result(
      List<Figures> figures,
      OptionalDouble upTogether,
      OptionalDouble downTogether,
      Advice advice,
      boolean isWhole) {
    /** Copies the list. */
    public Result {
      figures = List.copyOf(figures);
    }
  }

  private Bench(
      List<ProviderSettings> providers, OpenProviders open, Workload work, LongSupplier nanoClock) {
    this.providers = providers;
    this.open = open;
    this.work = work;
    this.nanoClock = nanoClock;
  }

  /**
   * Opens the providers, without asking them for anything.
   *
   * @param nanoClock counts nanoseconds
   * @throws IllegalArgumentException if a setting makes no sense
   */
  public static Bench open(Providers providers, Workload work, LongSupplier nanoClock) {
    return new Bench(providers.all(), providers.open(), work, nanoClock);
  }

  /** Returns what it will cost, for each provider. */
  public List<Cost> costs() {
    var costs = new ArrayList<Cost>();
    var stores = open.stores();
    for (int i = 0; i < stores.size(); i++) {
      var provider = providers.get(i);
      var parts = stores.get(i).backend().traits().parts();
      costs.add(Cost.of(provider.id(), work, parts, provider.prices()));
    }
    return costs;
  }

  /** Returns how many bytes will pass, both ways, with all providers. */
  public long bytes() {
    return 2 * work.bytes() * providers.size();
  }

  /**
   * Measures. If the thread is interrupted nothing more begins, and what was put is removed.
   *
   * @param moved told of bytes as they pass, by any thread; in the end they are {@link #bytes}
   */
  public Result run(LongConsumer moved) {
    byte[] random = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(random);
    String prefix = PREFIX + HexFormat.of().formatHex(random) + "/";
    var all =
        open.stores().stream()
            .map(Store::backend)
            .map(backend -> new StoreBench(backend, prefix, work, nanoClock, moved))
            .toList();
    for (int i = 0; i < all.size(); i++) {
      try {
        all.get(i).alone();
      } finally {
        all.get(i).cleanUp();
      }
    }
    var working = all.stream().filter(store -> !store.hasFailed()).toList();
    Choices.Line line = together(working);
    boolean isWhole = !Thread.currentThread().isInterrupted();
    var figures = new ArrayList<Figures>();
    for (int i = 0; i < all.size(); i++) {
      figures.add(all.get(i).figures(providers.get(i)));
    }
    var advice = Advice.of(new Choices(figures, line).all());
    return new Result(figures, line.up(), line.down(), advice, isWhole);
  }

  private Choices.Line together(List<StoreBench> working) {
    if (Thread.currentThread().isInterrupted()) {
      return new Choices.Line(OptionalDouble.empty(), OptionalDouble.empty());
    }
    try {
      var up = rate(working, StoreBench::writeTogether);
      var down = rate(working, StoreBench::readTogether);
      return new Choices.Line(up, down);
    } finally {
      // Whoever stopped this waits for it, and does not want to stop it too.
      boolean wasInterrupted = Thread.interrupted();
      AtOnce.run(working.stream().<Runnable>map(store -> store::cleanUp).toList());
      if (wasInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Returns the rate of all that do not fail; empty if none does not, or somebody stops it. */
  private OptionalDouble rate(List<StoreBench> working, Consumer<StoreBench> step) {
    long start = nanoClock.getAsLong();
    AtOnce.run(working.stream().<Runnable>map(store -> () -> step.accept(store)).toList());
    long nanos = Math.max(1, nanoClock.getAsLong() - start);
    long done = working.stream().filter(store -> !store.hasFailed()).count();
    return done == 0 || Thread.currentThread().isInterrupted()
        ? OptionalDouble.empty()
        : OptionalDouble.of(done * work.togetherBytes() * NANOS / nanos);
  }

  @Override
  public void close() {
    open.close();
  }
}
