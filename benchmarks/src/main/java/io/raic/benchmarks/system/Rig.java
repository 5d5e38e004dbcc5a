package io.raic.benchmarks.system;

import io.raic.benchmarks.system.store.Counts;
import io.raic.benchmarks.system.store.Fault;
import io.raic.benchmarks.system.store.Link;
import io.raic.benchmarks.system.store.StoreServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Five stores, and gateways in front of them one after the other. */
final class Rig implements AutoCloseable {
  private static final int STORES = 5;
  private static final long SEED = 4;
  private static final int FIRST_BYTES = 1000;
  private static final Duration USABLE = Duration.ofMinutes(2);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Scale scale;
  private final Optional<Path> profiles;
  private final List<StoreServer> stores = new ArrayList<>();
  private final FilePattern pattern = new FilePattern(SEED);
  private final Watchdog watchdog = new Watchdog();
  private final AtomicInteger files = new AtomicInteger();
  private Optional<Gateway> warm = Optional.empty();

  /**
   * Starts the stores.
   *
   * @param profiles the directory for profiles of the gateway; empty for none
   */
  Rig(Scale scale, Optional<Path> profiles) throws IOException {
    this.scale = scale;
    this.profiles = profiles.map(Path::toAbsolutePath);
    for (int i = 0; i < STORES; i++) {
      stores.add(new StoreServer());
    }
  }

  Scale scale() {
    return scale;
  }

  List<StoreServer> stores() {
    return stores;
  }

  FilePattern pattern() {
    return pattern;
  }

  /** Returns the number of a file that was not there yet. */
  int newFile() {
    return files.incrementAndGet();
  }

  /** Returns what all stores were asked. */
  Counts counts() {
    return stores.stream().map(StoreServer::counts).reduce(Counts.NONE, Counts::plus);
  }

  /** Puts all stores behind such a line. */
  void line(Link link) {
    stores.forEach(store -> store.set(link));
  }

  /** Takes away what ails the stores, and slow lines. */
  void heal() {
    stores.forEach(store -> store.set(new Fault.None()));
    line(Link.LOOPBACK);
  }

  /** Forgets all that is stored. */
  void clear() {
    stores.forEach(StoreServer::clear);
  }

  /** Starts a gateway, and ends the warm one, if there is any: two would be in each other's way. */
  Gateway fresh(List<String> javaOptions, Map<String, String> settings) throws IOException {
    end();
    return usable(Gateway.start(stores, javaOptions, settings));
  }

  /** A busy machine may be so slow at first that the gateway believes its stores to be ill. */
  private Gateway usable(Gateway gateway) throws IOException {
    try (var connection = connect(gateway)) {
      long end = System.nanoTime() + USABLE.toNanos();
      while (!connection.put(newFile(), FIRST_BYTES, true).isDone()) {
        if (System.nanoTime() > end) {
          throw new IOException("the gateway cannot store anything");
        }
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    } catch (IOException e) {
      gateway.close();
      throw e;
    }
    clear();
    return gateway;
  }

  /** Returns a gateway with 1 GiB of heap that has run for a while; it stays for the next. */
  Gateway warm(Report report) throws IOException {
    if (warm.isEmpty()) {
      var gateway = usable(Gateway.start(stores, List.of("-Xmx1g"), Map.of()));
      warm = Optional.of(gateway);
      report.note(new WarmUp(this, gateway).run());
    }
    return warm.get();
  }

  /** Does work, and writes a profile of the gateway meanwhile if that is wanted. */
  void profiled(Gateway gateway, String name, Cost.Work work) throws IOException {
    if (profiles.isEmpty()) {
      work.run();
      return;
    }
    gateway.jcmd("JFR.start", "name=" + name, "settings=profile", "jdk.CPUTimeSample#enabled=true");
    work.run();
    var file = profiles.get().resolve(name + ".jfr");
    gateway.jcmd("JFR.stop", "name=" + name, "filename=" + file);
  }

  GatewayConnection connect(Gateway gateway) throws IOException {
    return new GatewayConnection(gateway.address(), pattern, watchdog);
  }

  /** Ends the warm gateway, heals the stores and empties them. */
  void end() {
    warm.ifPresent(Gateway::close);
    warm = Optional.empty();
    heal();
    clear();
  }

  @Override
  public void close() throws IOException {
    end();
    watchdog.close();
    for (var store : stores) {
      store.close();
    }
  }
}
