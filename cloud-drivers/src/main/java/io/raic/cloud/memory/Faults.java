package io.raic.cloud.memory;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What goes wrong in a store, set and changed by any thread while it is used.
 *
 * <p>A call takes the faults set at the moment it comes in; one that hangs already is not let go by
 * a change. Of several faults for one call, each happens, in the order given.
 */
public final class Faults {
  private final Map<Operation, List<Fault>> standing = new EnumMap<>(Operation.class);
  private final Map<Operation, Deque<List<Fault>>> queued = new EnumMap<>(Operation.class);

  Faults() {}

  /**
   * Sets what happens to every call of a kind from now on, in place of what was set before.
   *
   * @throws IllegalArgumentException if that cannot happen to such a call
   */
  public synchronized void set(Operation operation, Fault... faults) {
    standing.put(operation, checked(operation, faults));
  }

  /** Sets what happens to every call of every kind from now on. */
  public synchronized void setAll(Fault... faults) {
    for (var operation : Operation.values()) {
      set(operation, faults);
    }
  }

  /**
   * Adds what happens to the next {@code calls} calls of a kind that nothing was added for yet, in
   * place of what is set for every call; no fault means that they work.
   *
   * @throws IllegalArgumentException if that cannot happen to such a call
   */
  public synchronized void next(Operation operation, int calls, Fault... faults) {
    var queue = queued.computeIfAbsent(operation, _ -> new ArrayDeque<>());
    var each = checked(operation, faults);
    for (int i = 0; i < calls; i++) {
      queue.add(each);
    }
  }

  /** Lets every call of a kind work from now on. */
  public synchronized void clear(Operation operation) {
    standing.remove(operation);
    queued.remove(operation);
  }

  /** Lets every call work from now on. */
  public synchronized void clear() {
    standing.clear();
    queued.clear();
  }

  synchronized List<Fault> take(Operation operation) {
    var queue = queued.get(operation);
    if (queue != null && !queue.isEmpty()) {
      return queue.remove();
    }
    return standing.getOrDefault(operation, List.of());
  }

  private static List<Fault> checked(Operation operation, Fault... faults) {
    for (var fault : faults) {
      if (!fault.operations().contains(operation)) {
        throw new IllegalArgumentException("%s cannot happen to %s".formatted(fault, operation));
      }
    }
    return List.copyOf(Arrays.asList(faults));
  }
}
