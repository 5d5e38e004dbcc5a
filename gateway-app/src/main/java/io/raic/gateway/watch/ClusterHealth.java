package io.raic.gateway.watch;

import io.raic.cloud.resilience.CircuitState;
import io.raic.cloud.resilience.Kind;
import io.raic.cloud.resilience.ProviderReport;
import io.raic.gateway.grid.Placement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Whether files can be read and stored with the providers that calls get through to. A pure
 * function of how they do.
 *
 * @param reads whether at least as many shares are in reach as rebuild a file
 * @param readsAll whether that is so for every file that is spread as it should be
 * @param writes whether a new file can be made safe
 * @param reasons what keeps any of them from being so, in lines for people
 */
record ClusterHealth(boolean reads, boolean readsAll, boolean writes, List<String> reasons) {
  ClusterHealth {
    reasons = List.copyOf(reasons);
  }

  /**
   * Looks at all providers.
   *
   * @param without one that is to be thought away
   */
  static ClusterHealth of(
      Placement rules, List<ProviderReport> providers, Optional<String> without) {
    var reasons = new ArrayList<String>();
    without.ifPresent(id -> reasons.add("without %s".formatted(id)));
    for (var provider : providers) {
      if (!without.equals(Optional.of(provider.id()))) {
        reasons.addAll(troubles(provider));
      }
    }
    var readable = ids(providers, without, provider -> isClosed(provider, Kind.READ));
    var unreadable =
        providers.stream()
            .map(ProviderReport::id)
            .filter(id -> !readable.contains(id))
            .collect(Collectors.toSet());
    // An upload asks a provider what it holds before it stores there.
    var writable =
        ids(
            providers,
            without,
            provider -> isClosed(provider, Kind.READ) && takesUploads(provider));
    int inReach = rules.mostShares(readable);
    boolean reads = inReach >= rules.needed();
    boolean readsAll = reads && rules.total() - rules.mostShares(unreadable) >= rules.needed();
    boolean writes = rules.allowsSafety(writable);
    if (!reads) {
      reasons.add(
          "no file can be read: %d shares of a file are in reach, %d are needed"
              .formatted(inReach, rules.needed()));
    } else if (!readsAll) {
      reasons.add("some files cannot be read");
    }
    if (!writes) {
      reasons.add(
          "no file can be stored safely: shares on at least %d providers are wanted, %d take some"
              .formatted(rules.happy(), writable.size()));
    }
    return new ClusterHealth(reads, readsAll, writes, reasons);
  }

  private static Set<String> ids(
      List<ProviderReport> providers, Optional<String> without, Predicate<ProviderReport> which) {
    return providers.stream()
        .filter(which)
        .map(ProviderReport::id)
        .filter(id -> !without.equals(Optional.of(id)))
        .collect(Collectors.toSet());
  }

  private static boolean isClosed(ProviderReport provider, Kind kind) {
    return provider.circuit(kind).state() == CircuitState.CLOSED;
  }

  private static boolean takesUploads(ProviderReport provider) {
    return isClosed(provider, Kind.WRITE) && provider.writesPaused().isEmpty();
  }

  private static List<String> troubles(ProviderReport provider) {
    var troubles = new ArrayList<String>();
    if (!isClosed(provider, Kind.READ)) {
      troubles.add(
          "%s: reading is stopped: %s"
              .formatted(provider.id(), provider.circuit(Kind.READ).reason()));
    }
    if (!isClosed(provider, Kind.WRITE)) {
      troubles.add(
          "%s: writing is stopped: %s"
              .formatted(provider.id(), provider.circuit(Kind.WRITE).reason()));
    }
    provider
        .writesPaused()
        .ifPresent(why -> troubles.add("%s: writing is paused: %s".formatted(provider.id(), why)));
    return troubles;
  }
}
