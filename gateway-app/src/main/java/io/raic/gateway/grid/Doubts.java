package io.raic.gateway.grid;

import io.raic.crypto.capability.StorageIndex;
import io.raic.gateway.schedule.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Shares that stores may still be making, because their uploads were given up in the middle of a
 * commit: no list shows them yet, and they count for what an operator may hold.
 *
 * <p>Of at most {@link #MAX_FILES} files, the latest. For any number of threads.
 */
final class Doubts {
  static final int MAX_FILES = 1000;

  private final Scheduler scheduler;
  private final Map<StorageIndex, List<Doubt>> doubts = new LinkedHashMap<>();

  private record Doubt(int share, String store, long startNanos, long nanos) {
    boolean isOver(long now) {
      return now - startNanos >= nanos;
    }
  }

  Doubts(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  /** Adds for {@code time} that {@code targets} may be there. */
  synchronized void add(StorageIndex file, Collection<ShareTarget> targets, Duration time) {
    if (targets.isEmpty()) {
      return;
    }
    long now = scheduler.nanoTime();
    var all = new ArrayList<>(current(file, now));
    targets.forEach(t -> all.add(new Doubt(t.shareNumber(), t.store().id(), now, time.toNanos())));
    doubts.remove(file);
    doubts.values().removeIf(list -> list.stream().allMatch(doubt -> doubt.isOver(now)));
    doubts.put(file, all);
    if (doubts.size() > MAX_FILES) {
      doubts.remove(doubts.keySet().iterator().next());
    }
  }

  /** Returns what may be there of {@code file}. */
  synchronized Holdings of(StorageIndex file) {
    var holdings = new Holdings();
    current(file, scheduler.nanoTime()).forEach(d -> holdings.add(d.share(), d.store()));
    return holdings;
  }

  private List<Doubt> current(StorageIndex file, long now) {
    // One upload after another may give up the same share.
    var latest = new HashMap<List<Object>, Doubt>();
    for (var doubt : doubts.getOrDefault(file, List.of())) {
      if (!doubt.isOver(now)) {
        latest.put(List.of(doubt.share(), doubt.store()), doubt);
      }
    }
    return List.copyOf(latest.values());
  }
}
