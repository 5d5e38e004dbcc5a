package io.raic.gateway.grid;

import io.raic.crypto.capability.VerifyCap;
import io.raic.gateway.grid.ReadOrder.Doubt;
import io.raic.gateway.grid.ReadOrder.Option;
import io.raic.gateway.grid.RecentHeads.Place;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The shares of a file that may be used: at first those that were read lately and those that should
 * be at home, then what the stores tell of; and what became of the others.
 *
 * <p>For one thread at a time.
 */
final class Candidates {
  private final VerifyCap cap;
  private final Reading reading;
  private final long shareBytes;
  private final Set<Place> opened;
  private final Map<String, ShareSearch.Answer> answers = new TreeMap<>();
  private final List<FoundShare> spare = new ArrayList<>();
  private final Set<FoundShare> putBack = new HashSet<>();
  private final Set<Place> tried = new HashSet<>();
  private final Map<Place, FoundShare> unread = new HashMap<>();
  private final Map<FoundShare, String> problems = new LinkedHashMap<>();
  private Optional<Long> searchEnd = Optional.empty();

  /**
   * Expects shares at home.
   *
   * @param known those that were opened lately
   * @param shareBytes about how much of each share will be read
   */
  Candidates(VerifyCap cap, Reading reading, Set<Place> known, long shareBytes) {
    this.cap = cap;
    this.reading = reading;
    this.shareBytes = shareBytes;
    this.opened = Set.copyOf(known);
    var stores = reading.stores().stream().collect(Collectors.toMap(Store::id, store -> store));
    var homes = Homes.of(cap.storageIndex(), reading.stores().stream().map(Store::id).toList());
    for (int share = 0; share < cap.total(); share++) {
      var home = new Place(homes.of(share), share);
      int number = share;
      known.stream()
          .filter(place -> place.shareNumber() == number)
          .filter(_ -> !known.contains(home))
          .findFirst()
          .or(() -> Optional.of(home))
          .flatMap(place -> Optional.ofNullable(stores.get(place.store())))
          .ifPresent(store -> spare.add(FoundShare.guess(store, cap.storageIndex(), number)));
    }
  }

  /** Says that all stores are asked from now on. */
  void searching() {
    searchEnd = Optional.of(reading.scheduler().nanoTime() + reading.limits().step().toNanos());
  }

  void add(ShareSearch.Answer answer) {
    answers.put(answer.store().id(), answer);
    for (var share : answer.shares()) {
      if (share.shareNumber() >= cap.total()) {
        // The file has no such share.
        continue;
      }
      // A share in chunks was taken for its first one.
      if (share.chunks().size() > 1) {
        spare.removeIf(guess -> guess.isGuess() && Place.of(guess).equals(Place.of(share)));
        problems.keySet().removeIf(bad -> bad.isGuess() && Place.of(bad).equals(Place.of(share)));
        spare.add(share);
      } else if (spare.stream().noneMatch(other -> Place.of(other).equals(Place.of(share)))
          && !tried.contains(Place.of(share))) {
        spare.add(share);
      }
    }
  }

  /** Says whether a store may still tell of shares. */
  boolean mayGrow() {
    return searchEnd.isEmpty()
        || (answers.size() < reading.stores().size()
            && reading.scheduler().nanoTime() - searchEnd.get() < 0);
  }

  /**
   * Removes and returns a share that may be used beside those in use. A second copy of one of them
   * adds nothing until that one turns out bad.
   */
  Optional<FoundShare> next(List<FoundShare> inUse) {
    var used = inUse.stream().map(FoundShare::shareNumber).collect(Collectors.toSet());
    var options =
        spare.stream()
            .filter(share -> !used.contains(share.shareNumber()))
            .map(this::option)
            .toList();
    int wanted = Math.max(1, cap.needed() - inUse.size());
    var next = ReadOrder.of(options, wanted).stream().findFirst().map(Option::share);
    next.ifPresent(share -> {
      spare.remove(share);
      tried.add(Place.of(share));
    });
    return next;
  }

  /** Says whether all that may be used beside those in use are in stores that would not answer. */
  boolean areSuspect(List<FoundShare> inUse) {
    var used = inUse.stream().map(FoundShare::shareNumber).collect(Collectors.toSet());
    var left = spare.stream().filter(share -> !used.contains(share.shareNumber())).toList();
    return !left.isEmpty()
        && left.stream().allMatch(share -> reading.tempos().of(share.store()).isSuspect());
  }

  private Option option(FoundShare share) {
    var tempo = reading.tempos().of(share.store());
    Doubt doubt =
        tempo.isSuspect()
            ? Doubt.SUSPECT
            : tempo.isOnProbation()
                ? Doubt.PROBATION
                : putBack.contains(share) ? Doubt.PUT_BACK : Doubt.NONE;
    return new Option(
        share,
        doubt,
        tempo.expectedNanos(shareBytes),
        share.store().egressPrice(),
        opened.contains(Place.of(share)),
        share.shareNumber() < cap.needed());
  }

  /** Returns the shares that are not in use. */
  List<FoundShare> unused() {
    return List.copyOf(spare);
  }

  /** Takes back a share that was slow, or bad in part, for when there is no better one. */
  void putBack(FoundShare share) {
    putBack.add(share);
    spare.add(share);
  }

  /** Notes that a store does not have a share that was expected there. */
  void absent(FoundShare share) {
    // Unless it says that it does.
    tried.remove(Place.of(share));
  }

  /** Says whether there might be enough shares if all stores answered. */
  boolean mayComeBack(List<FoundShare> inUse) {
    return inUse.size() + unanswered(inUse) >= cap.needed();
  }

  /** Forgets what stores have said, and that they did not give shares: all may be tried again. */
  void again() {
    unread.forEach((place, share) -> {
      tried.remove(place);
      problems.remove(share);
      if (spare.stream().noneMatch(other -> Place.of(other).equals(place))) {
        spare.add(share);
      }
    });
    unread.clear();
    answers.clear();
    searchEnd = Optional.empty();
  }

  /** Notes what is wrong with a share, or a part of it; of several reasons the first. */
  void failed(FoundShare share, IOException reason) {
    problems.putIfAbsent(share, "%s: %s".formatted(share, reason.getMessage()));
  }

  /** Notes that a share may be good, but that its store does not give it. */
  void unread(FoundShare share, IOException reason) {
    unread.put(Place.of(share), share);
    failed(share, reason);
  }

  List<String> problems() {
    return List.copyOf(problems.values());
  }

  UnrecoverableException tooFew(List<FoundShare> inUse) {
    String told = reading.stores().stream().map(this::told).collect(Collectors.joining("; "));
    String bad =
        problems.isEmpty()
            ? ""
            : "; not usable, or only in part: " + String.join("; ", problems.values());
    return new UnrecoverableException(inUse.size(), cap.needed(), mayComeBack(inUse), told + bad);
  }

  /**
   * Returns how many more shares there might be if all stores answered. A silent one may have any:
   * where shares were at home once, others may be now.
   */
  private int unanswered(List<FoundShare> inUse) {
    var silent =
        reading.stores().stream()
            .map(Store::id)
            .filter(id -> !answers.containsKey(id) || answers.get(id).failed())
            .collect(Collectors.toSet());
    var used = inUse.stream().map(FoundShare::shareNumber).collect(Collectors.toSet());
    var unreadNumbers =
        unread.keySet().stream()
            .filter(place -> !silent.contains(place.store()) && mayBeThere(place))
            .map(Place::shareNumber)
            .filter(share -> !used.contains(share))
            .collect(Collectors.toSet());
    int each = Math.ceilDiv(cap.total(), reading.stores().size());
    return Math.min(cap.total() - used.size(), unreadNumbers.size() + silent.size() * each);
  }

  /** Says whether the store of a share that was not read has not said that it has none. */
  private boolean mayBeThere(Place place) {
    var answer = answers.get(place.store());
    return answer == null
        || answer.failed()
        || answer.shares().stream().anyMatch(share -> Place.of(share).equals(place));
  }

  private String told(Store store) {
    var answer = answers.get(store.id());
    if (answer == null) {
      return store.id() + ": no answer";
    }
    if (answer.failed()) {
      return answer.failure();
    }
    if (answer.shares().isEmpty()) {
      return store.id() + ": no share";
    }
    return answer.shares().stream()
        .map(share -> Integer.toString(share.shareNumber()))
        .collect(Collectors.joining(", ", store.id() + ": share ", ""));
  }
}
