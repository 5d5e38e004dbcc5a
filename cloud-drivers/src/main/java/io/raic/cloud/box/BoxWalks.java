package io.raic.cloud.box;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Walks that wait for their next page, a few and not for long. For any thread. */
final class BoxWalks {
  /** The most listings that go on at once; one more begins anew at its next page. */
  private static final int MAX_WALKS = 8;

  /** Whoever lists so slowly wants to see what has changed. */
  private static final long LIFE_NANOS = Duration.ofMinutes(5).toNanos();

  private record Waiting(BoxWalk walk, long sinceNanos) {}

  private final Map<String, Waiting> waiting =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Waiting> eldest) {
          return size() > MAX_WALKS;
        }
      };

  private static String name(String prefix, String last) {
    return prefix + "\n" + last;
  }

  synchronized void keep(String prefix, String last, BoxWalk walk) {
    waiting.put(name(prefix, last), new Waiting(walk, System.nanoTime()));
  }

  /** Returns the walk that goes on after {@code last}, to nobody else any more. */
  synchronized Optional<BoxWalk> take(String prefix, String last) {
    return Optional.ofNullable(waiting.remove(name(prefix, last)))
        .filter(kept -> System.nanoTime() - kept.sinceNanos() < LIFE_NANOS)
        .map(Waiting::walk);
  }
}
