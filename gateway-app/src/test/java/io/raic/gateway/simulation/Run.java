package io.raic.gateway.simulation;

import io.raic.cloud.CloudBackend;
import io.raic.gateway.schedule.Strand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** One run of the engine over simulated providers, all of which follows from a seed. */
final class Run {
  /** Until everything that is late has come, and every store has been given up that hangs. */
  private static final Duration SETTLE = Duration.ofMinutes(15);

  private static final int FINAL_SWEEPS = 3;

  private final Scenario scenario;
  private final Path directory;
  private final UnaryOperator<CloudBackend> stores;
  private final UnaryOperator<Engine> engines;
  private final RandomGenerator random;
  private final Trace trace;
  private final Simulation simulation;
  private final SimulatedScheduler world;
  private final Oracle oracle;
  private final Weather weather;
  private final List<Integer> done = new ArrayList<>();
  private int gateways;

  /**
   * Prepares a run.
   *
   * @param directory empty, for the gateways' data
   * @param listener told each line of the trace
   */
  Run(long seed, Path directory, Consumer<String> listener) {
    this(seed, directory, listener, UnaryOperator.identity(), UnaryOperator.identity());
  }

  /**
   * Prepares a run of something else than the engine.
   *
   * @param stores what to put before each store
   * @param engines what to put before each gateway
   */
  Run(
      long seed,
      Path directory,
      Consumer<String> listener,
      UnaryOperator<CloudBackend> stores,
      UnaryOperator<Engine> engines) {
    this.scenario = Scenario.of(seed);
    this.directory = directory;
    this.stores = stores;
    this.engines = engines;
    this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(~seed);
    this.trace = new Trace(listener);
    this.simulation = new Simulation(random, trace, scenario.preemption());
    this.world = simulation.process("world");
    this.oracle = new Oracle(scenario, simulation);
    this.weather = new Weather(world, oracle, scenario);
  }

  /** Makes the run and returns the fingerprint of its trace. */
  String make() throws InterruptedException {
    simulation.run(world, this::world);
    return trace.fingerprint();
  }

  String lastLines() {
    return trace.lastLines();
  }

  private void world() {
    for (int i = 0; i < scenario.operators().size(); i++) {
      oracle.add(new Provider(Scenario.storeId(i), scenario.operators().get(i), world, oracle));
    }
    for (int i = 0; i < scenario.clients(); i++) {
      done.add(0);
    }
    weather.start();
    var data = directory;
    var process = gateway(data);
    while (process.hasCrashed()) {
      oracle.crashed();
      data = copyOf(data);
      process = gateway(data);
    }
  }

  /** Copies what a gateway has on its disk, which it may not touch any more. */
  private Path copyOf(Path data) {
    try {
      var copy = Files.createDirectory(directory.resolve("gateway-" + gateways));
      try (var files = Files.newDirectoryStream(data, Files::isRegularFile)) {
        for (var file : files) {
          Files.copy(file, copy.resolve(file.getFileName()));
        }
      }
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a gateway until it has crashed, or all is done. */
  private SimulatedScheduler gateway(Path data) {
    var process = simulation.process("gateway-" + gateways);
    if (gateways < scenario.crashes().size()) {
      simulation.crashAt(simulation.steps() + scenario.crashes().get(gateways), process);
    }
    gateways++;
    process.start("boot", () -> boot(process, data));
    process.awaitEnd(Simulation.NEVER);
    return process;
  }

  private void boot(SimulatedScheduler process, Path data) {
    try {
      var backends = new ArrayList<CloudBackend>();
      for (var provider : oracle.providers()) {
        backends.add(stores.apply(new ProviderStore(provider)));
      }
      var engine =
          engines.apply(new Gateway(scenario, backends, data, process, new SeededKeys(random)));
      var strands = new ArrayList<Strand>();
      for (int i = 0; i < scenario.clients(); i++) {
        int number = i;
        strands.add(process.start("client", () -> client(number, process, engine)));
      }
      for (var strand : strands) {
        while (!strand.join(Client.LONGEST)) {
          // Each of them has a limit of its own.
        }
      }
      finish(process, engine);
      engine.close();
      process.sleep(SETTLE);
      String waits = simulation.waits(process);
      Oracle.require(!waits.contains(";"), "a closed gateway still runs: " + waits);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void client(int number, SimulatedScheduler process, Engine engine) {
    var client = new Client(scenario, oracle, process, engine);
    while (done.get(number) < scenario.operations()) {
      done.set(number, done.get(number) + 1);
      client.act();
    }
  }

  /** Looks at what is left when all has settled and nothing is wrong any more. */
  private void finish(SimulatedScheduler process, Engine engine) throws InterruptedException {
    weather.clear();
    process.sleep(SETTLE);
    var client = new Client(scenario, oracle, process, engine);
    for (int i = 0; i < FINAL_SWEEPS; i++) {
      client.sweep();
    }
    for (var promise : oracle.promises()) {
      Oracle.require(
          !scenario.merciful()
              || promise.held(oracle.providers()).distinctShares() >= promise.cap().needed(),
          promise + " is lost though little went wrong");
      client.read(promise, 0, promise.content().length, 0);
      client.repair(promise);
    }
    Oracle.require(engine.isIdle(), "memory of transfers is not free");
    oracle.requireNoGarbage(engine.leftovers());
  }
}
