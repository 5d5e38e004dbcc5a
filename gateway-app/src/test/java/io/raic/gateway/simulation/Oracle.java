package io.raic.gateway.simulation;

import io.raic.crypto.capability.ReadCap;
import io.raic.gateway.grid.Holdings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Knows what was promised, and looks at each change whether it holds. */
final class Oracle implements Ledger {
  private final Scenario scenario;
  private final Simulation simulation;
  private final List<Provider> providers = new ArrayList<>();
  private final Map<String, Promise> promises = new TreeMap<>();
  private final Map<Integer, ReadCap> convergent = new TreeMap<>();
  private final List<Work> going = new ArrayList<>();
  private final Set<String> excused = new TreeSet<>();
  private final Set<String> deceived = new TreeSet<>();

  Oracle(Scenario scenario, Simulation simulation) {
    this.scenario = scenario;
    this.simulation = simulation;
  }

  void add(Provider provider) {
    providers.add(provider);
  }

  List<Provider> providers() {
    return providers;
  }

  List<Promise> promises() {
    return List.copyOf(promises.values());
  }

  /** Begins to watch what happens during {@code work}. */
  Work begin(Work work) {
    going.add(work);
    return work;
  }

  void end(Work work) {
    going.remove(work);
  }

  /** Allows what a gateway that is killed may leave: the objects that its uploads had begun. */
  void crashed() {
    going.forEach(work -> excused.addAll(work.begun()));
    going.clear();
  }

  /**
   * Takes a gateway's word that a file is stored.
   *
   * @param content its number
   * @param shares how many it says are durable
   */
  void acknowledged(ReadCap cap, int content, boolean randomKey, int shares) {
    if (!randomKey) {
      var before = convergent.putIfAbsent(content, cap);
      require(before == null || before.equals(cap), "two keys for one content");
    }
    byte[] bytes = scenario.contents().get(content).bytes;
    var promise = new Promise(cap, bytes, scenario.encoding());
    promises.putIfAbsent(promise.prefix(), promise);
    var entrusted = entrusted(promise);
    require(
        shares <= entrusted.distinctShares(),
        "%d shares were acknowledged, %s are there".formatted(shares, entrusted));
    requireSafe(promise);
  }

  /** Says whether every share of an acknowledged file was stored. */
  boolean isWhole(ReadCap cap) {
    return promises.values().stream()
        .filter(promise -> promise.cap().equals(cap))
        .anyMatch(promise -> entrusted(promise).distinctShares() == cap.total());
  }

  private Holdings entrusted(Promise promise) {
    var held = new Holdings();
    for (var provider : providers) {
      promise.rightIn(provider.entrusted()).forEach(share -> held.add(share, provider.id()));
    }
    return held;
  }

  private void requireSafe(Promise promise) {
    var entrusted = entrusted(promise);
    require(
        scenario.rules().isSafe(entrusted),
        "%s was acknowledged and is not safe: %s".formatted(promise, entrusted));
  }

  @Override
  public void began(Provider provider, String key) {
    if (simulation.current().purpose() instanceof Work work) {
      work.began(provider, key);
    }
    requirePlacement(provider, key);
  }

  @Override
  public void changed(Provider provider, String key) {
    going.forEach(work -> work.changed(provider));
    requirePlacement(provider, key);
    var promise = promises.get(Promise.prefixOf(key));
    if (promise != null) {
      requireSafe(promise);
    }
  }

  @Override
  public void late(Provider provider, String key) {
    excused.add(provider + " " + key);
    deceived.add(provider.operator() + " " + Promise.prefixOf(key));
  }

  @Override
  public void lied(Provider provider, String key) {
    provider.forgive(key);
    deceived.add(provider.operator() + " " + Promise.prefixOf(key));
  }

  @Override
  public void troubled(Provider provider, Trouble trouble) {
    going.forEach(work -> work.troubled(provider, trouble));
  }

  /** No operator may have more shares than allowed, unless it hid that it has them. */
  private void requirePlacement(Provider provider, String key) {
    String prefix = Promise.prefixOf(key);
    if (deceived.contains(provider.operator() + " " + prefix)) {
      return;
    }
    var shares = new TreeSet<Integer>();
    for (var other : providers) {
      if (other.operator().equals(provider.operator())) {
        other.objects().tailMap(prefix).keySet().stream()
            .takeWhile(k -> k.startsWith(prefix))
            .forEach(k -> shares.add(Promise.shareOf(k)));
        other.underWay().keySet().stream()
            .filter(k -> k.startsWith(prefix))
            .forEach(k -> shares.add(Promise.shareOf(k)));
      }
    }
    require(
        shares.size() <= scenario.rules().perOperator(),
        "%s has, or is given, shares %s of %s".formatted(provider.operator(), shares, prefix));
  }

  /** Says whether everything could be read even if {@code provider} could not. */
  boolean canDoWithout(Provider provider) {
    return promises.values().stream()
        .allMatch(promise -> readable(promise, provider) >= promise.cap().needed());
  }

  /** Says whether {@code provider} may lose something. */
  boolean mayDamage(Provider provider) {
    return canDoWithout(provider)
        && going.stream().allMatch(work -> work.damaged().stream().allMatch(provider.id()::equals));
  }

  void damaged(Provider provider) {
    going.forEach(work -> work.damaged(provider));
  }

  private int readable(Promise promise, Provider without) {
    var shares = new TreeSet<Integer>();
    for (var provider : providers) {
      if (!provider.equals(without) && provider.trouble().filter(Trouble::harmsReading).isEmpty()) {
        shares.addAll(promise.rightIn(provider.objects()));
      }
    }
    return shares.size();
  }

  /** Requires that nothing lies around but what somebody wants, is listed, or is excused. */
  void requireNoGarbage(List<String> leftovers) {
    var listed = Set.copyOf(leftovers);
    for (var provider : providers) {
      for (String key : provider.objects().keySet()) {
        String name = provider + " " + key;
        require(
            promises.containsKey(Promise.prefixOf(key))
                || listed.contains(name)
                || excused.contains(name),
            "nobody wants %s, and nobody knows of it".formatted(name));
      }
    }
  }

  static void require(boolean holds, String what) {
    if (!holds) {
      throw new Broken(what);
    }
  }
}
