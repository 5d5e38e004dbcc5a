package io.raic.gateway.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Makes things go wrong, here and there, now and then. */
final class Weather {
  /** How much longer trouble lasts than calm. */
  private static final int TROUBLE = 4;

  private static final List<Trouble> ALL = List.of(Trouble.values());

  private final SimulatedScheduler world;
  private final Oracle oracle;
  private final boolean merciful;
  private final double calm;
  private final int most;
  private final RandomGenerator random;
  private boolean over;

  Weather(SimulatedScheduler world, Oracle oracle, Scenario scenario) {
    this.world = world;
    this.oracle = oracle;
    this.merciful = scenario.merciful();
    this.calm = scenario.calm();
    int spare = scenario.encoding().total() - scenario.encoding().needed();
    this.most = merciful ? spare : scenario.operators().size();
    this.random = world.simulation().random();
  }

  void start() {
    world.start(
        "weather",
        () -> {
          try {
            while (!over) {
              world.sleep(random(2 * calm));
              if (!over) {
                change();
              }
            }
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  /** Ends all trouble for good. */
  void clear() {
    over = true;
    oracle.providers().forEach(Provider::recover);
  }

  private Duration random(double seconds) {
    return Duration.ofNanos((long) (random.nextDouble(seconds) * 1e9));
  }

  private void change() {
    var provider = oracle.providers().get(random.nextInt(oracle.providers().size()));
    if (random.nextInt(4) == 0) {
      damage(provider);
    } else {
      trouble(provider);
    }
  }

  private void trouble(Provider provider) {
    var trouble = ALL.get(random.nextInt(ALL.size()));
    long inTrouble = oracle.providers().stream().filter(p -> p.trouble().isPresent()).count();
    if (provider.trouble().isPresent()
        || inTrouble >= most
        || (merciful && !oracle.canDoWithout(provider))) {
      return;
    }
    provider.begin(trouble, random.nextBoolean() ? 1 : random.nextDouble(0.1, 1));
    var duration = random(2 * calm * TROUBLE);
    world.start(
        "trouble",
        () -> {
          try {
            world.sleep(duration);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          if (!over) {
            provider.recover();
          }
        });
  }

  /** Loses or spoils some of what a provider has, or all. */
  private void damage(Provider provider) {
    if (merciful && !oracle.mayDamage(provider)) {
      return;
    }
    oracle.damaged(provider);
    boolean all = random.nextInt(3) == 0;
    boolean lose = random.nextBoolean();
    for (String key : List.copyOf(provider.objects().keySet())) {
      if (all || random.nextInt(3) == 0) {
        if (lose) {
          provider.lose(key);
        } else {
          provider.spoil(key, spoilt(provider, key));
        }
      }
    }
  }

  private byte[] spoilt(Provider provider, String key) {
    byte[] bytes = provider.objects().get(key);
    if (bytes == null) {
      return new byte[0];
    }
    return switch (random.nextInt(4)) {
      case 0 -> {
        byte[] garbage = new byte[bytes.length];
        random.nextBytes(garbage);
        yield garbage;
      }
      case 1 -> Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
      case 2 -> {
        var all = new ArrayList<>(provider.objects().values());
        yield all.get(random.nextInt(all.size())).clone();
      }
      default -> {
        byte[] flipped = bytes.clone();
        if (flipped.length > 0) {
          flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
        }
        yield flipped;
      }
    };
  }
}
