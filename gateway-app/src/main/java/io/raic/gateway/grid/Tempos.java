package io.raic.gateway.grid;

import io.raic.gateway.schedule.Scheduler;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The {@link Tempo} of each store. For any number of threads. */
final class Tempos {
  private final Map<String, Tempo> byStore;

  Tempos(Collection<String> storeIds, Scheduler scheduler) {
    this.byStore =
        storeIds.stream().collect(Collectors.toMap(Function.identity(), _ -> new Tempo(scheduler)));
  }

  Tempo of(Store store) {
    var tempo = byStore.get(store.id());
    if (tempo == null) {
      throw new IllegalArgumentException("no store has the id " + store.id());
    }
    return tempo;
  }
}
