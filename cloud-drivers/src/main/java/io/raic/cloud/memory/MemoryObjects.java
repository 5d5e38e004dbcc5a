package io.raic.cloud.memory;

import io.raic.cloud.BackendException;
import io.raic.cloud.ObjectInfo;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Operation;
import io.raic.cloud.Page;
import io.raic.cloud.Precondition;
import io.raic.cloud.Request;
import io.raic.cloud.VersionToken;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The objects of a store, also for tests to look at and to tamper with behind its back: no fault
 * happens here and no call is counted. For any number of threads.
 *
 * <p>The version before the last change of each key is kept for stale reads, of deleted objects
 * too.
 */
public final class MemoryObjects {
  /** What is there, and what was there before the last change. */
  private record History(Optional<MemoryObject> now, Optional<MemoryObject> before) {
    Optional<MemoryObject> seen(boolean stale) {
      return stale ? before : now;
    }
  }

  private static final History NOTHING = new History(Optional.empty(), Optional.empty());

  private final String id;
  private final long capacityBytes;
  private final NavigableMap<String, History> histories = new TreeMap<>();
  private long usedBytes;
  private long versions;

  MemoryObjects(String id, long capacityBytes) {
    this.id = id;
    this.capacityBytes = capacityBytes;
  }

  /** Returns the keys of all objects, in order. */
  public synchronized List<ObjectKey> keys() {
    return histories.entrySet().stream()
        .filter(entry -> entry.getValue().now().isPresent())
        .map(entry -> ObjectKey.of(entry.getKey()))
        .toList();
  }

  /** Returns a copy of an object's bytes; empty if there is no such object. */
  public Optional<byte[]> bytes(ObjectKey key) {
    return find(key, false).map(object -> object.bytes().clone());
  }

  /** Puts an object in place, whatever was there. */
  public void put(ObjectKey key, byte[] bytes) {
    store(key, bytes.clone(), Precondition.none());
  }

  /**
   * Removes an object.
   *
   * @return whether there was one
   */
  public synchronized boolean remove(ObjectKey key) {
    var history = histories.getOrDefault(key.text(), NOTHING);
    if (history.now().isEmpty()) {
      return false;
    }
    usedBytes -= history.now().get().info().size();
    histories.put(key.text(), new History(Optional.empty(), history.now()));
    return true;
  }

  /** Removes all objects and forgets that there ever were any. */
  public synchronized void clear() {
    histories.clear();
    usedBytes = 0;
  }

  /** Returns the bytes of all objects. */
  public synchronized long usedBytes() {
    return usedBytes;
  }

  synchronized Optional<MemoryObject> find(ObjectKey key, boolean stale) {
    return histories.getOrDefault(key.text(), NOTHING).seen(stale);
  }

  /** Keeps {@code bytes}, which nobody may change any more. */
  synchronized ObjectInfo store(ObjectKey key, byte[] bytes, Precondition precondition) {
    var history = histories.getOrDefault(key.text(), NOTHING);
    if (!holds(precondition, history.now())) {
      throw new BackendException.PreconditionFailed(
          Request.of(id, Operation.COMMIT), "the object is not what it was");
    }
    long used = usedBytes - history.now().map(old -> old.info().size()).orElse(0L) + bytes.length;
    if (used > capacityBytes) {
      throw new BackendException.OutOfSpace(Request.of(id, Operation.COMMIT), "the store is full");
    }
    versions++;
    var info = new ObjectInfo(key, bytes.length, new VersionToken("v" + versions));
    histories.put(
        key.text(), new History(Optional.of(new MemoryObject(info, bytes)), history.now()));
    usedBytes = used;
    return info;
  }

  private static boolean holds(Precondition precondition, Optional<MemoryObject> now) {
    return switch (precondition) {
      case Precondition.None _ -> true;
      case Precondition.Absent _ -> now.isEmpty();
      case Precondition.Matches(var version) ->
          now.map(object -> object.info().version().equals(version)).orElse(false);
    };
  }

  synchronized Page list(String prefix, Optional<String> after, int limit, boolean stale) {
    var page = new ArrayList<ObjectInfo>();
    String start = after.filter(key -> key.compareTo(prefix) > 0).orElse(prefix);
    for (var entry : histories.tailMap(start).entrySet()) {
      if (!entry.getKey().startsWith(prefix)) {
        break;
      }
      var object = entry.getValue().seen(stale);
      if (object.isEmpty() || after.equals(Optional.of(entry.getKey()))) {
        continue;
      }
      if (page.size() == limit) {
        return new Page(page, Optional.of(page.getLast().key().text()));
      }
      page.add(object.get().info());
    }
    return new Page(page, Optional.empty());
  }
}
