package io.raic.gateway.grid;

import io.raic.cloud.BackendException;
import io.raic.cloud.Deadline;
import io.raic.crypto.capability.StorageIndex;
import io.raic.gateway.grid.Leftovers.Leftover;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/**
 * Removes the shares that failed uploads have left.
 *
 * <p>Shares with a random key belong to nobody once their upload has failed. Shares with a
 * convergent key may by now belong to somebody who stored the same content again: they are only
 * removed while all stores together have too few to rebuild the file, and only if all say so.
 */
final class LeftoverSweeper {
  private final Grid grid;
  private final Leftovers leftovers;
  private final Map<String, Store> stores;
  private final CommitLocks locks;
  private final Placement rules;
  private final Limits limits;

  LeftoverSweeper(
      Grid grid,
      Leftovers leftovers,
      Map<String, Store> stores,
      CommitLocks locks,
      Placement rules,
      Limits limits) {
    this.grid = grid;
    this.leftovers = leftovers;
    this.stores = stores;
    this.locks = locks;
    this.rules = rules;
    this.limits = limits;
  }

  /** Removes what can be removed of {@code made}, all of one file whose lock the caller holds. */
  void takeBack(List<Leftover> made, StorageIndex storageIndex) throws IOException {
    if (made.isEmpty()) {
      return;
    }
    var fresh = made.stream().allMatch(Leftover::fresh);
    if (!fresh) {
      var survey = grid.survey(storageIndex, limits.stall());
      if (survey.holdings(rules.total()).distinctShares() >= rules.needed()) {
        leftovers.remove(made);
        return;
      }
      if (!survey.failures().isEmpty()) {
        return;
      }
    }
    leftovers.remove(delete(made));
  }

  /** Tries every leftover once and returns how many there still are. */
  int sweep() throws IOException, InterruptedException {
    var byFile =
        leftovers.list().stream()
            .filter(leftover -> ShareAddress.storageIndex(leftover.key()).isPresent())
            .collect(Collectors.groupingBy(l -> ShareAddress.storageIndex(l.key()).orElseThrow()));
    for (var entry : byFile.entrySet()) {
      var lock = locks.of(entry.getKey());
      lock.lockInterruptibly();
      try {
        takeBack(entry.getValue(), entry.getKey());
      } finally {
        lock.unlock();
      }
    }
    return leftovers.list().size();
  }

  /** Deletes objects and returns those that are gone now. */
  private List<Leftover> delete(Collection<Leftover> unwanted) throws IOException {
    var list = List.copyOf(unwanted);
    List<Callable<Boolean>> calls = new ArrayList<>();
    list.forEach(leftover -> calls.add(() -> delete(leftover)));
    try {
      var outcomes = Fanout.all(calls, limits.stall());
      var gone = new ArrayList<Leftover>();
      for (int i = 0; i < list.size(); i++) {
        if (outcomes.get(i) instanceof Fanout.Outcome.Done(var done) && done) {
          gone.add(list.get(i));
        }
      }
      return gone;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while removing leftovers", e);
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
