package io.raic.gateway.grid;

import io.raic.cloud.BackendException;
import io.raic.cloud.Deadline;
import io.raic.crypto.capability.StorageIndex;
import io.raic.gateway.grid.Leftovers.Leftover;
import io.raic.gateway.schedule.Fanout;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/**
 * Removes the shares that failed uploads have left.
 *
 * <p>Shares with a random key belong to nobody once their upload has failed. Shares with a
 * convergent key may belong to somebody who stored the same content through another gateway: they
 * are only removed while the stores have too few to rebuild the file, and only if all stores say
 * so. Whoever stores the file again through this gateway has them taken off the list.
 */
final class LeftoverSweeper {
  private final Grid grid;
  private final Leftovers leftovers;
  private final Map<String, Store> stores;
  private final FileLocks locks;
  private final Limits limits;
  private final Fanout fanout;

  LeftoverSweeper(
      Grid grid,
      Leftovers leftovers,
      Map<String, Store> stores,
      FileLocks locks,
      Limits limits,
      Fanout fanout) {
    this.grid = grid;
    this.leftovers = leftovers;
    this.stores = stores;
    this.locks = locks;
    this.limits = limits;
    this.fanout = fanout;
  }

  /** Removes what can be removed of {@code made}, all of one file that the caller has taken. */
  void takeBack(List<Leftover> made, StorageIndex storageIndex) throws IOException {
    if (!made.isEmpty()
        && (made.stream().allMatch(Leftover::fresh) || isOfNoUse(made, storageIndex))) {
      leftovers.remove(delete(made));
    }
  }

  private boolean isOfNoUse(List<Leftover> made, StorageIndex storageIndex) throws IOException {
    int needed = made.stream().mapToInt(Leftover::needed).min().orElse(0);
    var survey = grid.survey(storageIndex, limits.stall());
    return survey.failures().isEmpty() && survey.holdings().distinctShares() < needed;
  }

  /** Tries every leftover once and returns how many there still are. */
  int sweep() throws IOException {
    var byFile =
        leftovers.list().stream()
            .filter(leftover -> ShareAddress.storageIndex(leftover.key()).isPresent())
            .collect(Collectors.groupingBy(l -> ShareAddress.storageIndex(l.key()).orElseThrow()));
    for (var file : byFile.keySet()) {
      try (var _ = locks.takeWhenFree(file, limits.stall())) {
        // What was on the list before may be wanted by now.
        takeBack(leftovers.of(file), file);
      } catch (BusyException _) {
        // Somebody is storing it: that decides.
      }
    }
    return leftovers.list().size();
  }

  /** Deletes objects and returns those that are gone now. */
  private List<Leftover> delete(List<Leftover> unwanted) throws IOException {
    List<Callable<Boolean>> calls = new ArrayList<>();
    unwanted.forEach(leftover -> calls.add(() -> delete(leftover)));
    try {
      var outcomes = fanout.all(calls, limits.stall());
      var gone = new ArrayList<Leftover>();
      for (int i = 0; i < unwanted.size(); i++) {
        if (outcomes.get(i) instanceof Fanout.Outcome.Done(var done) && done) {
          gone.add(unwanted.get(i));
        }
      }
      return gone;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while removing leftovers");
    }
  }

  private boolean delete(Leftover leftover) {
    var store = stores.get(leftover.store());
    if (store == null) {
      return false;
    }
    try {
      store.backend().delete(leftover.key(), Deadline.in(limits.stall()));
      return true;
    } catch (BackendException _) {
      // It stays on the list.
      return false;
    }
  }
}
