package io.raic.gateway.login;

import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Makes guessing slow: after a few wrong passwords, a name or an address has to wait, each time
 * twice as long, up to a minute. A right password ends that.
 *
 * <p>It keeps at most {@link #MAX_KEYS} names and addresses each, and forgets those not heard of
 * for longest. Each gateway has its own.
 */
final class Throttle {
  private static final int MAX_KEYS = 10_000;
  private static final int FREE_BY_NAME = 5;
  private static final int FREE_BY_ADDRESS = 20;
  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final Duration FORGET = Duration.ofHours(1);
  private static final int IPV6_NETWORK_BYTES = 8;

  private final InstantSource clock;
  private final Failures names = new Failures(FREE_BY_NAME);
  private final Failures addresses = new Failures(FREE_BY_ADDRESS);

  Throttle(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Counts an attempt, as wrong until {@link #succeeded} is called, so that many at once are not
   * free. Returns how long to wait if it is not to be made; then it does not count.
   */
  synchronized Duration attempt(String name, String address) {
    long now = clock.millis();
    String network = network(address);
    long wait = Math.max(names.wait(name, now), addresses.wait(network, now));
    if (wait > 0) {
      return Duration.ofMillis(wait);
    }
    names.add(name, now);
    addresses.add(network, now);
    return Duration.ZERO;
  }

  /** Forgets the failures of a name, and the one attempt of the address. */
  synchronized void succeeded(String name, String address) {
    names.failures.remove(name);
    giveBack(address);
  }

  /** Forgets the one attempt of the address only: it did not fail, but the name is not in yet. */
  synchronized void giveBack(String address) {
    addresses.failures.computeIfPresent(
        network(address), (_, f) -> f.count() <= 1 ? null : new Failure(f.count() - 1, f.last()));
  }

  /** Whoever has an IPv6 network has all of its addresses. */
  private static String network(String address) {
    try {
      byte[] bytes = InetAddress.ofLiteral(address).getAddress();
      return bytes.length > IPV6_NETWORK_BYTES
          ? HexFormat.of().formatHex(Arrays.copyOf(bytes, IPV6_NETWORK_BYTES))
          : address;
    } catch (IllegalArgumentException _) {
      return address;
    }
  }

  private record Failure(int count, long last) {}

  /** Failures in a row, by name or address. */
  private static final class Failures {
    private final int free;
    private final Map<String, Failure> failures =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Failure> eldest) {
            return size() > MAX_KEYS;
          }
        };

    Failures(int free) {
      this.free = free;
    }

    long wait(String key, long now) {
      var failure = failures.get(key);
      if (failure == null || failure.count() < free) {
        return 0;
      }
      int doublings = Math.min(failure.count() - free, 10);
      long pause = Math.min(LONGEST.toMillis(), 1000L << doublings);
      return Math.max(0, failure.last() + pause - now);
    }

    void add(String key, long now) {
      failures.merge(
          key,
          new Failure(1, now),
          (old, _) ->
              now - old.last() > FORGET.toMillis()
                  ? new Failure(1, now)
                  : new Failure(old.count() + 1, now));
    }
  }
}
