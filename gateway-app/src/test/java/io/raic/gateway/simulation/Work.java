package io.raic.gateway.simulation;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Something that a client has the gateway do, and what happened meanwhile. */
final class Work {
  private final String what;
  private final Optional<Promise> read;
  private final Set<String> begun = new TreeSet<>();
  private final Set<String> damaged = new TreeSet<>();
  private final Map<Provider, Set<Integer>> sound =
      new TreeMap<>((a, b) -> a.id().compareTo(b.id()));
  private final Set<String> right = new TreeSet<>();
  private boolean troubled;

  /**
   * Begins.
   *
   * @param read the file that is looked at for it
   * @param providers whose state counts
   */
  Work(String what, Optional<Promise> read, Iterable<Provider> providers) {
    this.what = what;
    this.read = read;
    for (var provider : providers) {
      noteRight(provider);
      provider.trouble().ifPresent(trouble -> troubled |= trouble.harms());
      if (provider.trouble().filter(Trouble::harmsReading).isEmpty()) {
        read.ifPresent(f -> sound.put(provider, new TreeSet<>(f.rightIn(provider.objects()))));
      }
    }
  }

  /** Notes that an object of it is on its way. */
  void began(Provider provider, String key) {
    begun.add(provider + " " + key);
  }

  /** Returns which objects it began to store: provider and key. */
  Set<String> begun() {
    return begun;
  }

  private void noteRight(Provider provider) {
    read.ifPresent(file ->
        provider
            .shown()
            .forEach(objects ->
                file.rightIn(objects).forEach(share -> right.add(provider + " " + share))));
  }

  /** Says whether a share was right at any time. */
  boolean wasRight(String provider, int share) {
    return right.contains(provider + " " + share);
  }

  void changed(Provider provider) {
    noteRight(provider);
    read.ifPresent(file ->
        sound.computeIfPresent(
            provider,
            (_, before) -> {
              before.retainAll(file.rightIn(provider.objects()));
              return before;
            }));
  }

  void troubled(Provider provider, Trouble trouble) {
    troubled |= trouble.harms();
    noteRight(provider);
    if (trouble.harmsReading()) {
      sound.remove(provider);
    }
  }

  /** Says whether any provider may have been at fault. */
  boolean wasTroubled() {
    return troubled;
  }

  void damaged(Provider provider) {
    damaged.add(provider.id());
    troubled = true;
  }

  /** Returns which providers have lost or spoilt something meanwhile. */
  Set<String> damaged() {
    return damaged;
  }

  /** Says whether enough shares could be read all the time. */
  boolean wasReadable() {
    var shares = new TreeSet<Integer>();
    sound.values().forEach(shares::addAll);
    return read.map(file -> shares.size() >= file.cap().needed()).orElse(false);
  }

  @Override
  public String toString() {
    return what;
  }
}
