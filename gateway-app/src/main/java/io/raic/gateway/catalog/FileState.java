package io.raic.gateway.catalog;

import io.raic.crypto.capability.VerifyCap;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * One file as the catalog has it, while a transaction changes it: what observations mean is decided
 * here. Times are milliseconds since 1970, 0 where nobody knows. For one thread.
 */
final class FileState {
  /** Which share, where. */
  record Place(int share, String store) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int byShare = Integer.compare(share, other.share);
      return byShare != 0 ? byShare : store.compareTo(other.store);
    }
  }

  /** What is known of a share there. */
  record Known(long bytes, long seenAt, ShareResult result) {}

  private Optional<VerifyCap> cap = Optional.empty();
  private long storedAt;
  private String token = "";
  private long checkedAt;
  private long lookedAt;
  private final Map<Place, Known> shares = new TreeMap<>();
  private final Map<Place, Known> changed = new TreeMap<>();

  /** A file that is not in the catalog yet. */
  FileState() {}

  /** One that is. */
  FileState(VerifyCap cap, long storedAt, String token, long checkedAt, long lookedAt) {
    this.cap = Optional.of(cap);
    this.storedAt = storedAt;
    this.token = token;
    this.checkedAt = checkedAt;
    this.lookedAt = lookedAt;
  }

  /** Adds a share as the catalog has it. */
  void load(Place place, Known known) {
    shares.put(place, known);
  }

  /** Says whether it is known enough of to be in the catalog. */
  boolean isKnown() {
    return cap.isPresent();
  }

  VerifyCap cap() {
    return cap.orElseThrow();
  }

  long storedAt() {
    return storedAt;
  }

  String token() {
    return token;
  }

  long checkedAt() {
    return checkedAt;
  }

  long lookedAt() {
    return lookedAt;
  }

  /** Returns the shares that are not as they were loaded. */
  Map<Place, Known> changed() {
    return changed;
  }

  /** Learns from an observation, unless it proves nothing. */
  void learn(Observation seen) {
    if (!believes(seen)) {
      return;
    }
    boolean isOnlyListed = seen.way() instanceof Observation.Way.Listed;
    cap = isOnlyListed && isKnown() ? cap : seen.cap().or(() -> cap);
    seen.seen().forEach(share -> learn(share, seen));
    long at = seen.at().toEpochMilli();
    switch (seen.way()) {
      case Observation.Way.Stored(var by, var isNew) -> {
        if (isNew && storedAt == 0) {
          storedAt = at;
        }
        token = token.isEmpty() ? by : token;
        checkedAt = Math.max(checkedAt, at);
      }
      case Observation.Way.Checked _ -> {
        if (hasHeard(seen) && !hasUnreadable(seen)) {
          checkedAt = Math.max(checkedAt, at);
        }
        forgetOthers(seen);
      }
      case Observation.Way.Listed _ -> forgetOthers(seen);
    }
    lookedAt = Math.max(lookedAt, at);
  }

  /**
   * Anybody can check anything that looks like a capability. One that is not known is believed only
   * if so many shares fit it that they rebuild a file. What a listing says of a capability is only
   * wanted where none is known.
   */
  private boolean believes(Observation seen) {
    if (seen.cap().isEmpty()) {
      return isKnown();
    }
    var other = seen.cap().get();
    return switch (seen.way()) {
      case Observation.Way.Stored _, Observation.Way.Listed _ -> true;
      case Observation.Way.Checked _ ->
          cap.equals(seen.cap()) || seen.goodShares(other.total()) >= other.needed();
    };
  }

  /** Says whether any store that could have a share has answered. */
  private boolean hasHeard(Observation seen) {
    return !seen.seen().isEmpty()
        || shares.keySet().stream().anyMatch(place -> !seen.silent().contains(place.store()));
  }

  private void learn(Observation.Seen share, Observation seen) {
    var place = new Place(share.share(), share.store());
    var before = Optional.ofNullable(shares.get(place));
    if (!share.result().counts() && before.filter(b -> isLater(b, seen)).isPresent()) {
      return;
    }
    var was = before.map(Known::result).filter(ShareResult::isThere);
    if (share.result() == ShareResult.UNREADABLE && was.isPresent()) {
      // Its store is as good as silent: nothing was learnt.
      return;
    }
    long at = Math.max(before.map(Known::seenAt).orElse(0L), seen.at().toEpochMilli());
    put(place, new Known(share.bytes(), at, was.map(w -> now(w, share)).orElse(share.result())));
  }

  /**
   * What nobody has opened is what it was; what was not read to its end may be bad all the same.
   */
  private static ShareResult now(ShareResult was, Observation.Seen share) {
    return switch (share.result()) {
      case LISTED -> was;
      case GOOD -> was == ShareResult.BAD && !share.isProven() ? was : ShareResult.GOOD;
      case BAD, UNREADABLE, MISSING -> share.result();
    };
  }

  private static boolean hasUnreadable(Observation seen) {
    return seen.seen().stream().anyMatch(share -> share.result() == ShareResult.UNREADABLE);
  }

  private static boolean isLater(Known known, Observation seen) {
    return known.result().counts() && known.seenAt() >= seen.since().toEpochMilli();
  }

  private void forgetOthers(Observation seen) {
    Set<Place> there = new HashSet<>();
    seen.seen().forEach(share -> there.add(new Place(share.share(), share.store())));
    for (var entry : Map.copyOf(shares).entrySet()) {
      var known = entry.getValue();
      if (known.result().isThere()
          && !there.contains(entry.getKey())
          && !seen.silent().contains(entry.getKey().store())
          && wasLookedFor(entry.getKey(), seen)
          && !isLater(known, seen)) {
        put(entry.getKey(), new Known(known.bytes(), known.seenAt(), ShareResult.MISSING));
      }
    }
  }

  /** A check opens no share that the file cannot have, and says nothing of it. */
  private boolean wasLookedFor(Place place, Observation seen) {
    return switch (seen.way()) {
      case Observation.Way.Checked _ -> place.share() < cap().total();
      case Observation.Way.Stored _, Observation.Way.Listed _ -> true;
    };
  }

  private void put(Place place, Known known) {
    if (!known.equals(shares.put(place, known))) {
      changed.put(place, known);
    }
  }

  /** Returns how many different shares are good. */
  int good() {
    return distinct(goodPlaces(), "");
  }

  private Collection<Place> goodPlaces() {
    int total = cap().total();
    return shares.entrySet().stream()
        .filter(entry -> entry.getValue().result().counts() && entry.getKey().share() < total)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static int distinct(Collection<Place> places, String without) {
    return (int)
        places.stream()
            .filter(place -> !place.store().equals(without))
            .mapToInt(Place::share)
            .distinct()
            .count();
  }

  /** Adds to {@code counts} what this file counts for, {@code times} 1 or -1. */
  void count(Counts counts, int times) {
    if (!isKnown()) {
      return;
    }
    var places = goodPlaces();
    int good = distinct(places, "");
    var bin = new Counts.Bin(cap().needed(), cap().total(), good);
    counts.addFile(token, bin, times, cap().size());
    places.stream()
        .map(Place::store)
        .distinct()
        .forEach(
            store -> counts.addStore(store, bin, distinct(places, store), times, cap().size()));
    var held = new HashMap<String, Amount>();
    shares.forEach((place, known) -> {
      if (known.result().isThere()) {
        held.merge(place.store(), new Amount(1, known.bytes()), Amount::plus);
      }
    });
    held.forEach((store, amount) -> counts.addHeld(store, amount, times));
  }
}
