package io.raic.cloud.box;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Ids by names, as far as they were seen. All of it can be lost at any time; an id in it may be one
 * that is gone, and what is not in it may be there all the same. For any thread.
 */
final class BoxIds {
  /** The most names that are kept, those used last. */
  static final int MAX_NAMES = 20_000;

  private final Map<String, String> ids =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > MAX_NAMES;
        }
      };

  synchronized Optional<String> find(String name) {
    return Optional.ofNullable(ids.get(name));
  }

  synchronized void remember(String name, String id) {
    ids.put(name, id);
  }

  /** Forgets an id, if the name still has it. */
  synchronized void forget(String name, String id) {
    ids.remove(name, id);
  }

  /** Forgets all names that begin so. */
  synchronized void forgetBelow(String prefix) {
    ids.keySet().removeIf(name -> name.startsWith(prefix));
  }
}
