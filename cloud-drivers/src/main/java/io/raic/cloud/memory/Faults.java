package io.raic.cloud.memory;

import io.raic.cloud.Operation;
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
  private final Map<Operation, Deque<Batch>> queued = new EnumMap<>(Operation.class);

  /** What happens to so many calls. */
  private record Batch(int calls, List<Fault> faults) {}

  Faults() {}

  /**
   * Sets what happens to every call of a kind from now on, in place of what was set before.
   *
   * @throws IllegalArgumentException if that cannot happen to such a call
   */
  public synchronized void set(Operation operation, Fault... faults) {
    standing.put(operation, checked(operation, faults));
  }

  /**
   * Sets what happens to every call of every kind from now on.
   *
   * @throws IllegalArgumentException if that cannot happen to every kind; nothing is set
   */
  public synchronized void setAll(Fault... faults) {
    var all = new EnumMap<Operation, List<Fault>>(Operation.class);
    for (var operation : Operation.values()) {
      all.put(operation, checked(operation, faults));
    }
    standing.putAll(all);
  }

  /**
   * Adds what happens to the next {@code calls} calls of a kind that nothing was added for yet, in
   * place of what is set for every call; no fault means that they work.
   *
   * @param calls at least 1
   * @throws IllegalArgumentException if that cannot happen to such a call
   */
  public synchronized void next(Operation operation, int calls, Fault... faults) {
    if (calls < 1) {
      throw new IllegalArgumentException("faults for %d calls".formatted(calls));
    }
    var batch = new Batch(calls, checked(operation, faults));
    queued.computeIfAbsent(operation, _ -> new ArrayDeque<>()).add(batch);
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
      var batch = queue.remove();
      if (batch.calls() > 1) {
        queue.addFirst(new Batch(batch.calls() - 1, batch.faults()));
      }
      return batch.faults();
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
