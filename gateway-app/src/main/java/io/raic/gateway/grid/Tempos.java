package io.raic.gateway.grid;

import io.raic.gateway.schedule.Scheduler;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The {@link Tempo} of each store. For any number of threads. */
final class Tempos {
  private final Map<String, Tempo> byStore;

  /**
   * Knows nothing yet.
   *
   * @param unknown how long a store may take before it is late, while too little is known of it
   */
  Tempos(Collection<String> storeIds, Duration unknown, Scheduler scheduler) {
    this.byStore =
        storeIds.stream()
            .collect(Collectors.toMap(Function.identity(), _ -> new Tempo(unknown, scheduler)));
  }

  Tempo of(Store store) {
    var tempo = byStore.get(store.id());
    if (tempo == null) {
      throw new IllegalArgumentException("no store has the id " + store.id());
    }
    return tempo;
  }

  /**
   * Says whether more than half of the stores that answer at all took longer than usual last: then
   * the way to all of them is slow.
   */
  boolean mostAreLate() {
    var answering = byStore.values().stream().filter(tempo -> !tempo.isOnProbation()).toList();
    return 2 * answering.stream().filter(Tempo::wasLate).count() > answering.size();
  }
}
