package io.raic.gateway.simulation;

import io.raic.cloud.Operation;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * What a provider holds, whichever gateway asks, and what is wrong with it at the moment.
 *
 * <p>Beside what is there it keeps what would be there if it had lost and spoilt nothing: what the
 * gateway did is judged by that.
 */
final class Provider {
  /** The longest that something late is late. */
  static final Duration LATE = Duration.ofMinutes(2);

  private final String id;
  private final String operator;
  private final SimulatedScheduler world;
  private final RandomGenerator random;
  private final Ledger ledger;
  private final boolean createOnly;
  private final int pageLimit;
  private final long latencyNanos;
  private final long nanosPerByte;
  private final NavigableMap<String, byte[]> objects = new TreeMap<>();
  private final NavigableMap<String, byte[]> entrusted = new TreeMap<>();
  private final Map<String, byte[]> before = new HashMap<>();
  private final Set<String> forgiven = new TreeSet<>();
  private final Map<String, Integer> underWay = new TreeMap<>();
  private Optional<Trouble> trouble = Optional.empty();
  private double share;

  Provider(String id, String operator, SimulatedScheduler world, Ledger ledger) {
    this.id = id;
    this.operator = operator;
    this.world = world;
    this.ledger = ledger;
    this.random = world.simulation().random();
    this.createOnly = random.nextBoolean();
    this.pageLimit = random.nextInt(4) == 0 ? random.nextInt(1, 4) : 1000;
    this.latencyNanos = random.nextLong(1_000_000, 150_000_000);
    this.nanosPerByte = random.nextLong(1, 2_000);
  }

  String id() {
    return id;
  }

  String operator() {
    return operator;
  }

  boolean createOnly() {
    return createOnly;
  }

  int pageLimit() {
    return pageLimit;
  }

  SimulatedScheduler world() {
    return world;
  }

  Ledger ledger() {
    return ledger;
  }

  NavigableMap<String, byte[]> objects() {
    return objects;
  }

  /** Returns what would be there if the provider had lost and spoilt nothing. */
  NavigableMap<String, byte[]> entrusted() {
    return entrusted;
  }

  Map<String, Integer> underWay() {
    return underWay;
  }

  /** Returns what it may show at the moment. */
  List<Map<String, byte[]>> shown() {
    return trouble.equals(Optional.of(Trouble.REPLAYS))
        ? List.of(objects, before)
        : List.of(objects);
  }

  Optional<byte[]> before(String key) {
    return Optional.ofNullable(before.get(key));
  }

  Optional<Trouble> trouble() {
    return trouble;
  }

  /** Begins to do something wrong to that share of calls. */
  void begin(Trouble next, double part) {
    world.simulation().note("%s: %s, %.2f of calls".formatted(id, next, part));
    trouble = Optional.of(next);
    share = part;
    ledger.troubled(this, next);
  }

  void recover() {
    trouble.ifPresent(_ -> world.simulation().note(id + ": works"));
    trouble = Optional.empty();
  }

  /** Returns what goes wrong with a call. */
  Optional<Trouble> mishap(Operation operation) {
    return trouble.filter(t -> t.strikes(operation)).filter(_ -> random.nextDouble() < share);
  }

  /** Returns how long a call takes that moves that many bytes. */
  long takes(long bytes) {
    long nanos = (long) (latencyNanos * random.nextDouble(0.5, 1.5)) + bytes * nanosPerByte;
    return trouble.equals(Optional.of(Trouble.SLOW)) ? 10 * nanos : nanos;
  }

  void put(String key, byte[] bytes) {
    Optional.ofNullable(objects.get(key)).ifPresent(old -> before.put(key, old));
    objects.put(key, bytes);
    entrusted.put(key, bytes);
    changed(key, "has " + key);
  }

  /** Puts an object there after some time, if nothing there forbids it then. */
  void putLater(String key, byte[] bytes, boolean absent, Duration most) {
    ledger.late(this, key);
    var delay = Duration.ofNanos(random.nextLong(1, most.toNanos()));
    world
        .simulation()
        .start(
            world,
            "late",
            () -> {
              try {
                world.sleep(delay);
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              if (!absent || !objects.containsKey(key)) {
                put(key, bytes);
              }
            });
  }

  boolean remove(String key) {
    if (!forgiven.contains(key)) {
      entrusted.remove(key);
    }
    return vanish(key);
  }

  /** Loses an object. */
  void lose(String key) {
    forgive(key);
    vanish(key);
  }

  /** Does not hold it against the gateway any more if it removes an object. */
  void forgive(String key) {
    forgiven.add(key);
  }

  private boolean vanish(String key) {
    var old = objects.remove(key);
    if (old == null) {
      return false;
    }
    before.put(key, old);
    changed(key, "has no more " + key);
    return true;
  }

  /** Spoils an object. */
  void spoil(String key, byte[] bytes) {
    forgive(key);
    objects.put(key, bytes);
    changed(key, "spoils " + key);
  }

  private void changed(String key, String what) {
    world.simulation().note(id + " " + what);
    ledger.changed(this, key);
  }

  @Override
  public String toString() {
    return id;
  }
}
