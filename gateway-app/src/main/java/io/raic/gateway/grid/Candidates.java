package io.raic.gateway.grid;

import io.raic.crypto.capability.VerifyCap;
import io.raic.gateway.schedule.Scheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The shares of a file that may be used, as the stores tell of them, and what became of the others.
 *
 * <p>For one thread at a time.
 */
final class Candidates {
  private final VerifyCap cap;
  private final List<Store> stores;
  private final Scheduler scheduler;
  private final long searchEnd;
  private final Map<String, ShareSearch.Answer> answers = new TreeMap<>();
  private final List<FoundShare> spare = new ArrayList<>();
  private final Map<FoundShare, String> problems = new LinkedHashMap<>();

  /**
   * Expects the answers of {@code stores}.
   *
   * @param limit how long to expect them
   */
  Candidates(VerifyCap cap, List<Store> stores, Duration limit, Scheduler scheduler) {
    this.cap = cap;
    this.stores = stores;
    this.scheduler = scheduler;
    this.searchEnd = scheduler.nanoTime() + limit.toNanos();
  }

  void add(ShareSearch.Answer answer) {
    answers.put(answer.store().id(), answer);
    spare.addAll(answer.shares());
  }

  /** Says whether a store may still tell of shares. */
  boolean mayGrow() {
    return answers.size() < stores.size() && scheduler.nanoTime() - searchEnd < 0;
  }

  /**
   * Removes and returns a share that may be used beside those in use. A second copy of one of them
   * adds nothing until that one turns out bad.
   */
  Optional<FoundShare> next(List<FoundShare> inUse) {
    var next =
        spare.stream()
            .filter(s -> inUse.stream().noneMatch(used -> used.shareNumber() == s.shareNumber()))
            .findFirst();
    next.ifPresent(spare::remove);
    return next;
  }

  /** Takes back a share that was slow, or bad in part, for when there is no better one. */
  void putBack(FoundShare share) {
    spare.addLast(share);
  }

  /** Notes what is wrong with a share, or a part of it; of several reasons the first. */
  void failed(FoundShare share, IOException reason) {
    problems.putIfAbsent(share, "%s: %s".formatted(share, reason.getMessage()));
  }

  List<String> problems() {
    return List.copyOf(problems.values());
  }

  UnrecoverableException tooFew(List<FoundShare> inUse) {
    String told = stores.stream().map(this::told).collect(Collectors.joining("; "));
    String bad =
        problems.isEmpty()
            ? ""
            : "; not usable, or only in part: " + String.join("; ", problems.values());
    return new UnrecoverableException(inUse.size(), cap.needed(), told + bad);
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
