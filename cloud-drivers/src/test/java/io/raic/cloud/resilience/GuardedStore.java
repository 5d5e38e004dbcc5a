package io.raic.cloud.resilience;

import io.raic.cloud.CloudBackend;
import io.raic.cloud.Deadline;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Operation;
import io.raic.cloud.memory.MemoryBackend;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;

/** A store in memory behind a guard, in a time of its own. */
final class GuardedStore implements AutoCloseable {
  static final ObjectKey KEY = ObjectKey.of("shares/aa/aaaa/0");

  final FakeTime time = new FakeTime();
  final MemoryBackend memory = new MemoryBackend("cloud");
  final List<Transition> heard = Collections.synchronizedList(new ArrayList<>());
  final List<String> troubles = Collections.synchronizedList(new ArrayList<>());
  final List<Long> daysLeft = new ArrayList<>();
  final GuardedBackend guarded;
  private volatile Runnable onChange = () -> {};

  private GuardedStore(
      GuardPolicy policy, Optional<Path> ledger, Function<MemoryBackend, CloudBackend> driver) {
    this.guarded =
        new GuardedBackend(
            driver.apply(memory),
            policy,
            new Surroundings(time, time::nanoTime, time::sleep, ledger, new Listener()));
  }

  private final class Listener implements GuardListener {
    @Override
    public void changed(String provider, Transition transition) {
      heard.add(transition);
      onChange.run();
    }

    @Override
    public void credentialsEnd(String provider, Instant end, long left) {
      daysLeft.add(left);
    }

    @Override
    public void ledgerFailed(String provider, String reason) {
      throw new AssertionError(reason);
    }

    @Override
    public void lookingAfterFailed(String provider, String reason) {
      troubles.add(reason);
    }
  }

  static GuardedStore of(GuardPolicy policy) {
    return new GuardedStore(policy, Optional.empty(), memory -> memory);
  }

  static GuardedStore of(GuardPolicy policy, Function<MemoryBackend, CloudBackend> driver) {
    return new GuardedStore(policy, Optional.empty(), driver);
  }

  static GuardedStore of(ProviderLimits limits) {
    return of(new GuardPolicy(limits, CircuitPolicy.DEFAULT));
  }

  static GuardedStore of(ProviderLimits limits, Path ledger) {
    return new GuardedStore(
        new GuardPolicy(limits, CircuitPolicy.DEFAULT), Optional.of(ledger), memory -> memory);
  }

  /** Returns the default circuit, for tests in which slow is what takes so long. */
  static CircuitPolicy slowAfter(Duration slow) {
    var usual = CircuitPolicy.DEFAULT;
    return new CircuitPolicy(
        slow,
        usual.failurePercent(),
        usual.slowPercent(),
        usual.window(),
        usual.minimumCalls(),
        usual.probeInterval());
  }

  static ProviderLimits connections(int count) {
    return new ProviderLimits(
        count,
        OptionalDouble.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty());
  }

  static ProviderLimits requestsPerSecond(double rate) {
    return new ProviderLimits(
        8,
        OptionalDouble.of(rate),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty());
  }

  static ProviderLimits bytesPerSecond(long rate) {
    return new ProviderLimits(
        8,
        OptionalDouble.empty(),
        OptionalLong.of(rate),
        OptionalLong.empty(),
        OptionalLong.empty());
  }

  static ProviderLimits requestsPerMonth(long count) {
    return new ProviderLimits(
        8,
        OptionalDouble.empty(),
        OptionalLong.empty(),
        OptionalLong.of(count),
        OptionalLong.empty());
  }

  static ProviderLimits maxBytes(long bytes) {
    return new ProviderLimits(
        8,
        OptionalDouble.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.of(bytes));
  }

  /** Sets what happens when a circuit changes. */
  void onChange(Runnable event) {
    onChange = event;
  }

  /** Returns which changes there were, told or not. */
  List<Transition> changes() {
    return Stream.of(Kind.values()).flatMap(kind -> circuit(kind).transitions().stream()).toList();
  }

  CircuitState state(Kind kind) {
    return circuit(kind).state();
  }

  CircuitReport circuit(Kind kind) {
    return guarded.report().circuit(kind);
  }

  long count(Operation operation, Outcome outcome) {
    return guarded.report().operation(operation).count(outcome);
  }

  /** Lets time pass, and does what is due then. */
  void tickAfter(Duration pause) {
    time.pass(pause);
    guarded.prober().tick();
  }

  /**
   * Returns a deadline that a test can afford to wait for, and so late for its step that a busy
   * machine leaves enough of it for silence to count.
   */
  static Deadline brief() {
    return new Deadline(Duration.ofMillis(40), Deadline.in(Duration.ofMillis(400)).endNanos());
  }

  @Override
  public void close() {
    guarded.close();
  }
}
